package io.memsession.store.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeAddress;
import io.memsession.store.RedisAccess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Redis from the {@code PATH}, on a free port of 127.0.0.1, that writes no files unless it is told to. It ends
 * with this JVM.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final int ANSWER_MILLIS = 2_000;

    private final Path directory;
    private final List<String> options;
    private final int port = MemcachedServer.freePort();
    private Process process;

    private RedisServer(String... options) throws IOException {
        this.directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "servers")), "redis")
                .toAbsolutePath();
        this.options = List.of(options);
        start();
    }

    /** Starts one, with further options of Redis if need be, such as {@code --requirepass secret}. */
    public static RedisServer started(String... options) {
        boolean there = Stream.of("/usr/bin", "/usr/local/bin")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "redis-server")));
        Assumptions.assumeTrue(there, "redis-server is not installed: Debian's package redis-server");
        try {
            return new RedisServer(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one that speaks TLS only, with that certificate and key. */
    public static RedisServer startedWithTls(Path certificate, Path key) {
        return started(
                "--tls-port",
                "PORT",
                "--port",
                "0",
                "--tls-cert-file",
                certificate.toString(),
                "--tls-key-file",
                key.toString(),
                "--tls-auth-clients",
                "no");
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its address, under that node id. */
    public NodeAddress address(String id) {
        return new NodeAddress(id, "127.0.0.1", port, RedisAccess.PLAIN);
    }

    /** Starts it again on the same port, with what it saved, if it saved anything. */
    public void start() {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", "" + port));
        command.addAll(List.of("--bind", "127.0.0.1", "--save", "", "--dir", directory.toString()));
        options.forEach(option -> command.add(option.equals("PORT") ? "" + port : option));
        process = MemcachedServer.program(directory.resolve("log"), command);
        await().atMost(BOUND).until(this::answers);
    }

    private boolean answers() {
        try {
            if (options.contains("--tls-port")) {
                return listens();
            }
            String pong = command("PING");
            return pong.startsWith("+PONG") || pong.startsWith("-NOAUTH");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Kills it and starts it again. */
    public void restart() {
        kill();
        start();
    }

    /** Stops it as {@code kill -STOP} does: it hangs, and its port still takes connections. */
    public void freeze() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, "" + process.pid())
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of its answer to a command without blanks in its words. */
    public String command(String words) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write((words + "\r\n").getBytes(ISO_8859_1));
            InputStream in = socket.getInputStream();
            byte[] chunk = new byte[16 << 10];
            int length = in.read(chunk);
            if (length < 0) {
                throw new IOException("closed");
            }
            return new String(chunk, 0, length, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The number under that name of its INFO. */
    public long info(String name) {
        return command("INFO")
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
