package io.memsession.store;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;

/** A proxy before some servers, with the configuration that this project gives out for it. */
final class Proxy implements AutoCloseable {
    private static final Path DEPLOY = Path.of("..", "..", "deploy");

    private final int port = MemcachedServer.freePort();
    private final Path directory;
    private final Process process;

    /**
     * A proxy.
     *
     * @param servers where the servers are, by what stands for them in the file
     */
    private Proxy(
            String folderAndFile, String listens, Map<String, String> servers, Function<Path, List<String>> command)
            throws IOException {
        directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "proxy");
        Path file = directory.resolve("configuration");
        String configuration = Files.readString(DEPLOY.resolve(folderAndFile)).replace(listens, "127.0.0.1:" + port);
        for (Map.Entry<String, String> server : servers.entrySet()) {
            configuration = configuration.replace(server.getKey(), server.getValue());
        }
        Files.writeString(file, configuration);
        process = MemcachedServer.program(directory.resolve("output"), command.apply(file));
        await().atMost(Duration.ofSeconds(20)).until(this::listens);
    }

    private static Map<String, String> servers(MemcachedServer first, MemcachedServer second) {
        return Map.of(
                "memcached1:11211", "127.0.0.1:" + first.port(), "memcached2:11211", "127.0.0.1:" + second.port());
    }

    static Proxy twemproxy(MemcachedServer first, MemcachedServer second) throws IOException {
        return twemproxy("nutcracker.yml", servers(first, second));
    }

    static Proxy twemproxy(String file, Map<String, String> servers) throws IOException {
        needs("nutcracker");
        int statistics = MemcachedServer.freePort();
        return new Proxy(
                "twemproxy/" + file,
                "0.0.0.0:22121",
                servers,
                path -> List.of("nutcracker", "-c", path.toString(), "-a", "127.0.0.1", "-s", "" + statistics));
    }

    static Proxy haproxy(MemcachedServer first, MemcachedServer second) throws IOException {
        needs("haproxy");
        return new Proxy(
                "haproxy/haproxy.cfg",
                "0.0.0.0:11211",
                servers(first, second),
                file -> List.of("haproxy", "-db", "-f", file.toString()));
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
        Files.deleteIfExists(directory.resolve("configuration"));
        Files.deleteIfExists(directory.resolve("output"));
        Files.delete(directory);
    }
}
