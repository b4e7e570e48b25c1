package io.memsession.store;

import io.memsession.store.line.Credentials;
import io.memsession.store.line.Line;
import io.memsession.store.line.Tls;
import io.memsession.store.line.Trust;
import io.memsession.store.line.Wording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real memcached that is reached over TLS, or that wants to know who asks, or both. */
public final class SecuredServer implements AutoCloseable {
    /** The user that it knows. */
    public static final String USER = "shop";

    /** That user's password, unless another is set. */
    public static final String PASSWORD = "correct-horse";

    /** What messages call the settings. */
    static final Wording WORDING = new Wording("the-name", "the-password", "the-switch", "the-trust-store");

    /** What it wants. */
    public enum Wants {
        /** TLS, by a certificate of {@link #AUTHORITY} to localhost and 127.0.0.1. */
        TLS,
        /** Credentials by SASL, in the binary protocol. */
        SASL,
        /** Credentials in the text protocol. */
        LOGIN
    }

    /** Who has issued its certificate. */
    public static final CertificateAuthority AUTHORITY = new CertificateAuthority();

    private final Set<Wants> wants;
    private final Path directory = temporary();
    private final @Nullable SaslAuthority sasl;
    private final MemcachedServer server;

    private SecuredServer(Set<Wants> wants) {
        this.wants = wants;
        this.sasl = wants.contains(Wants.SASL) ? new SaslAuthority(PASSWORD) : null;
        List<String> options = new ArrayList<>();
        int asked = -1;
        if (wants.contains(Wants.TLS)) {
            Path identity =
                    AUTHORITY.issue(directory, "localhost", Duration.ofDays(1)).file();
            options.addAll(List.of("-Z", "-o", "ssl_chain_cert=" + identity + ",ssl_key=" + identity));
            if (wants.size() == 1) {
                asked = MemcachedServer.freePort();
                options.addAll(List.of("-l", "notls:127.0.0.1:" + asked));
            }
        }
        if (sasl != null) {
            options.add("-S");
        }
        if (wants.contains(Wants.LOGIN)) {
            options.addAll(List.of("-Y", passwords(PASSWORD).toString()));
        }
        List<String> program =
                sasl == null ? List.of("memcached") : List.of("env", "SASL_CONF_PATH=" + sasl.directory(), "memcached");
        server = MemcachedServer.started(program, asked, options.toArray(String[]::new));
    }

    /** Starts one. */
    public static SecuredServer started(Wants first, Wants... more) {
        return new SecuredServer(EnumSet.of(first, more));
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "servers").toAbsolutePath()), "secured");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path passwords(String password) {
        try {
            return Files.writeString(directory.resolve("passwords"), USER + ":" + password + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line by which it can be used. */
    public Line line() {
        return line(PASSWORD);
    }

    /** The same with another password. */
    public Line line(String password) {
        return new Line(
                wants.equals(Set.of(Wants.TLS))
                        ? null
                        : new Credentials(
                                USER,
                                password,
                                wants.contains(Wants.SASL) ? Credentials.Way.SASL : Credentials.Way.TEXT),
                wants.contains(Wants.TLS) ? tls() : null,
                WORDING);
    }

    /** The authority's certificate in PEM. */
    public Path trusted() {
        return AUTHORITY.pem(directory);
    }

    /** TLS that trusts the authority. */
    private Tls tls() {
        return Trust.read("the-trust-store", trusted().toString(), null);
    }

    /** From now on, for whoever connects, another password is right. */
    public void password(String right) {
        if (sasl != null) {
            sasl.password(right);
        }
    }

    /** Where certificates and the like can be put, for as long as it is not closed. */
    public Path directory() {
        return directory;
    }

    /** Its process and its address. */
    public MemcachedServer process() {
        return server;
    }

    @Override
    public void close() {
        server.close();
        if (sasl != null) {
            sasl.close();
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
