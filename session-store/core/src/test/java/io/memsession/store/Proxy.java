package io.memsession.store;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** A proxy before two memcacheds, with the configuration that this project gives out for it. */
final class Proxy implements AutoCloseable {
    private static final Path DEPLOY = Path.of("..", "..", "deploy");

    final MemcachedServer first = MemcachedServer.started();
    final MemcachedServer second = MemcachedServer.started();
    private final int port = MemcachedServer.freePort();
    private final Path directory;
    private final Process process;

    private Proxy(String folderAndFile, String listens, Function<Path, List<String>> command) throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "proxy");
        Path file = directory.resolve("configuration");
        Files.writeString(
                file,
                Files.readString(DEPLOY.resolve(folderAndFile))
                        .replace(listens, "127.0.0.1:" + port)
                        .replace("memcached1:11211", "127.0.0.1:" + first.port())
                        .replace("memcached2:11211", "127.0.0.1:" + second.port()));
        process = MemcachedServer.program(directory.resolve("output"), command.apply(file));
        await().atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    static Proxy twemproxy() throws IOException {
        needs("nutcracker");
        int statistics = MemcachedServer.freePort();
        return new Proxy(
                "twemproxy/nutcracker.yml",
                "0.0.0.0:22121",
                file -> List.of("nutcracker", "-c", file.toString(), "-a", "127.0.0.1", "-s", "" + statistics));
    }

    static Proxy haproxy() throws IOException {
        needs("haproxy");
        return new Proxy(
                "haproxy/haproxy.cfg", "0.0.0.0:11211", file -> List.of("haproxy", "-db", "-f", file.toString()));
    }

    private static void needs(String program) {
        boolean there = List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        Assumptions.assumeTrue(there, program + " is not installed: Debian's package " + program);
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        first.close();
        second.close();
        Files.deleteIfExists(directory.resolve("configuration"));
        Files.deleteIfExists(directory.resolve("output"));
        Files.delete(directory);
    }
}
