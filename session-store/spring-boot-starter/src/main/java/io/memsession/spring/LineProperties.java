package io.memsession.spring;

import io.memsession.store.StoreConfig;
import io.memsession.store.line.Credentials;
import io.memsession.store.line.Line;
import io.memsession.store.line.Tls;
import io.memsession.store.line.Trust;
import io.memsession.store.line.Wording;
import io.memsession.store.spy.Protocol;
import java.util.List;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslOptions;

/** How the memcacheds are reached, as the application's properties say it. */
final class LineProperties {
    private static final String ENABLED = "memsession.ssl.enabled";
    private static final String BUNDLE = "memsession.ssl.bundle";
    private static final Wording WORDING = new Wording("memsession.username", "memsession.password", ENABLED, BUNDLE);

    private LineProperties() {}

    /**
     * That configuration with the line that the properties say.
     *
     * @throws PropertyException if it cannot be so
     */
    static StoreConfig applied(StoreConfig config, MemsessionProperties properties, @Nullable SslBundles bundles) {
        Line line = line(properties, bundles);
        return StoreSettings.checked(ENABLED, () -> config.withLine(line));
    }

    private static Line line(MemsessionProperties properties, @Nullable SslBundles bundles) {
        Credentials.Way way = properties.protocol() == Protocol.BINARY ? Credentials.Way.SASL : Credentials.Way.TEXT;
        boolean named = given(properties.username()) != null;
        boolean known = given(properties.password()) != null;
        StoreSettings.refuse(WORDING.username(), named && !known, "there is no password with it");
        StoreSettings.refuse(WORDING.password(), known && !named, "there is no user name with it");
        Credentials credentials = StoreSettings.checked(
                WORDING.username(), () -> Credentials.read(WORDING, properties.username(), properties.password(), way));
        return new Line(credentials, tls(properties.ssl(), bundles), WORDING);
    }

    private static @Nullable Tls tls(MemsessionProperties.Ssl ssl, @Nullable SslBundles bundles) {
        String name = given(ssl.bundle());
        Boolean enabled = ssl.enabled();
        if (enabled == null ? name == null : !enabled) {
            return null;
        }
        if (name == null) {
            return Trust.ofTheJvm();
        }
        if (bundles == null) {
            throw new PropertyException(BUNDLE, "cannot be used: this application has no SSL bundles");
        }
        try {
            bundles.getBundle(name).createSslContext();
        } catch (NoSuchSslBundleException | IllegalStateException e) {
            throw new PropertyException(BUNDLE, "cannot be used: " + e.getMessage());
        }
        // asked each time, as bundles can be told to follow their files
        return new Tls((host, port) -> engine(bundles.getBundle(name), host, port), List.of(bundles, name));
    }

    /** A text that an application gave; one that is empty is none, as of a variable that is not set. */
    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static SSLEngine engine(SslBundle bundle, String host, int port) {
        SSLEngine engine = bundle.createSslContext().createSSLEngine(host, port);
        SslOptions options = bundle.getOptions();
        if (options.getCiphers() != null) {
            engine.setEnabledCipherSuites(options.getCiphers());
        }
        if (options.getEnabledProtocols() != null) {
            engine.setEnabledProtocols(options.getEnabledProtocols());
        }
        return engine;
    }
}
