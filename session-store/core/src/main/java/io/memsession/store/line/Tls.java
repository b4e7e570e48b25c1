package io.memsession.store.line;

import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * TLS, as those speak it who connect. A server's certificate has to be trusted, and has to name the host that the
 * server was asked for under.
 */
public final class Tls {
    private final BiFunction<String, Integer, SSLEngine> engines;
    private final Object sameness;

    /**
     * TLS by these engines.
     *
     * @param engines makes an engine for a host and a port, once for each connection
     * @param sameness what is equal for equal settings: connections by such are shared
     */
    public Tls(BiFunction<String, Integer, SSLEngine> engines, Object sameness) {
        this.engines = engines;
        this.sameness = sameness;
    }

    SSLEngine engine(String host, int port) {
        SSLEngine engine = engines.apply(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tls tls && tls.sameness.equals(sameness);
    }

    @Override
    public int hashCode() {
        return sameness.hashCode();
    }

    @Override
    public String toString() {
        return "TLS";
    }
}
