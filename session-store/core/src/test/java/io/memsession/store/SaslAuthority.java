package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Who tells a memcached with {@code -S} whether a password is right: a {@code saslauthd} of the test's own, so that
 * passwords can change while the memcached runs.
 */
final class SaslAuthority implements AutoCloseable {
    private static final String PLAIN = "sasl2/libplain.so.2";

    private final Path directory;
    private final ServerSocketChannel listening;
    private volatile String password;

    SaslAuthority(String password) {
        this.password = password;
        Assumptions.assumeTrue(isInstalled(), "SASL's PLAIN is not installed: Debian's package libsasl2-modules");
        try {
            directory = Files.createTempDirectory("memsession-sasl");
            Path socket = directory.resolve("mux");
            Files.writeString(
                    directory.resolve("memcached.conf"),
                    "mech_list: plain\npwcheck_method: saslauthd\nsaslauthd_path: " + socket + "\n");
            listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "sasl-authority");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isInstalled() {
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            return folders.anyMatch(folder -> Files.exists(folder.resolve(PLAIN)));
        } catch (IOException e) {
            return false;
        }
    }

    /** From now on this is the right one. */
    void password(String right) {
        password = right;
    }

    /** Where the memcached finds its configuration. */
    Path directory() {
        return directory;
    }

    private void serve() {
        while (listening.isOpen()) {
            try (SocketChannel asker = listening.accept()) {
                answer(
                        new DataInputStream(Channels.newInputStream(asker)),
                        new DataOutputStream(Channels.newOutputStream(asker)));
            } catch (IOException e) {
                // it has gone, or the test is over
            }
        }
    }

    /** Four texts, each behind its length: the user, the password, the service and the realm. */
    private void answer(DataInputStream in, DataOutputStream out) throws IOException {
        String[] asked = new String[4];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = new String(in.readNBytes(in.readUnsignedShort()), UTF_8);
        }
        boolean right = asked[0].equals(SecuredServer.USER) && asked[1].equals(password);
        out.writeShort(2);
        out.write((right ? "OK" : "NO").getBytes(UTF_8));
    }

    @Override
    public void close() {
        try {
            listening.close();
            Files.deleteIfExists(directory.resolve("memcached.conf"));
            Files.deleteIfExists(directory.resolve("mux"));
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
