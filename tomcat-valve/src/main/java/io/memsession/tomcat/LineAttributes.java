package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import io.memsession.store.line.Credentials;
import io.memsession.store.line.Line;
import io.memsession.store.line.Tls;
import io.memsession.store.line.Trust;
import io.memsession.store.line.Wording;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the nodes are reached, as the Manager's attributes say it. */
final class LineAttributes {
    private static final String SWITCH = "sslEnabled";
    private static final String TRUSTED = "truststoreFile";
    private static final Wording WORDING = new Wording("username", "password", SWITCH, TRUSTED);

    private LineAttributes() {}

    /**
     * Reads {@code username}, {@code password}, {@code sslEnabled}, {@code truststoreFile} and
     * {@code truststorePassword}.
     *
     * @throws ConfigException if one of them cannot be used; the message names it
     */
    static Line read(AttributeValues values, boolean binary) {
        return new Line(
                Credentials.read(
                        WORDING,
                        values.text(WORDING.username()),
                        values.text(WORDING.password()),
                        binary ? Credentials.Way.SASL : Credentials.Way.TEXT),
                tls(values),
                WORDING);
    }

    private static @Nullable Tls tls(AttributeValues values) {
        String written = values.text(TRUSTED);
        if (!values.flag(SWITCH, false)) {
            if (written != null) {
                throw AttributeValues.wrong(
                        TRUSTED, written, "is of no use without TLS", written + "\" " + SWITCH + "=\"true");
            }
            return null;
        }
        if (written == null) {
            return Trust.ofTheJvm();
        }
        // as Tomcat's connectors take it
        Path file = Path.of(System.getProperty("catalina.base", "")).resolve(written);
        return Trust.read(TRUSTED, file.toString(), values.text("truststorePassword"));
    }
}
