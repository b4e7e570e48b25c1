package io.memsession.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real memcached from the {@code PATH}, on a free port of 127.0.0.1. It ends with the test, however that ends: the
 * kernel kills it when this JVM dies.
 */
public final class MemcachedServer implements AutoCloseable {
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
    private static final int START_SECONDS = 10;

    /** The kernel's "parent" is the thread that starts a process, so that one must live as long as the JVM. */
    private static final ExecutorService PARENT = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "memcached-parent");
        thread.setDaemon(true);
        return thread;
    });

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String host;
    private final String[] options;
    private List<String> program = List.of("memcached");
    private int asked;
    private int port;
    private @Nullable Process process;

    private MemcachedServer(String host, String... options) {
        this.host = host;
        this.options = options.clone();
    }

    /** Starts one, with further options of memcached if need be, such as {@code -I 2m}. */
    public static MemcachedServer started(String... options) {
        return started(List.of("memcached"), 0, options);
    }

    /**
     * Starts one by another command, which is not asked as others are at its own port.
     *
     * @param asked the port where it is asked in text; 0 for its own, -1 for none
     */
    static MemcachedServer started(List<String> program, int asked, String... options) {
        MemcachedServer server = new MemcachedServer("127.0.0.1", options);
        server.program = program;
        server.asked = asked;
        for (int attempt = 1; ; attempt++) {
            server.port = freePort();
            try {
                server.start();
                return server;
            } catch (IllegalStateException e) {
                if (attempt == 3) { // another process may take the port in between, but not each time
                    throw e;
                }
            }
        }
    }

    /** Starts another one on the same port of another address, such as 127.0.0.2. */
    public MemcachedServer startedBeside(String address) {
        MemcachedServer server = new MemcachedServer(address);
        server.port = port;
        server.start();
        return server;
    }

    /** Its port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Its address, under that node id. */
    public NodeAddress address(String id) {
        return new NodeAddress(id, "127.0.0.1", port);
    }

    /** Starts it again, empty, on the same port; it must have been killed. */
    public void start() {
        List<String> command = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        command.addAll(program);
        command.addAll(List.of("-l", host, "-p", "" + port, "-U", "0", "-m", "64"));
        command.addAll(List.of("-u", System.getProperty("user.name")));
        command.addAll(List.of(options));
        Process started = spawn(command);
        process = started;
        RUNNING.add(started);
        awaitAnswer(started);
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() {
        Process killed = process;
        if (killed != null) {
            killed.destroyForcibly();
            await(killed);
            RUNNING.remove(killed);
        }
    }

    /** Kills it and starts it again, empty, on the same port. */
    public void restart() {
        kill();
        start();
    }

    /** Stops it as {@code kill -STOP} does: it hangs, and its port still takes connections. */
    public void freeze() {
        signal("-STOP");
        Process stopping = process;
        while (stopping != null && !isStopped(stopping.pid())) {
            Thread.onSpinWait(); // the signal is sent, but a thread of it may have to come off its processor first
        }
    }

    /** Lets it go on after {@link #freeze}; it carries out what came in meanwhile. */
    public void thaw() {
        signal("-CONT");
    }

    /** What its {@code stats} command says, by name. */
    public Map<String, String> stats() {
        Map<String, String> stats = new TreeMap<>();
        for (String line : ask("stats")) {
            String[] parts = line.split(" ", 3);
            stats.put(parts[1], parts[2]);
        }
        return stats;
    }

    /** All that anybody who reaches it can read: every key, and what is under it. */
    public String content() {
        StringBuilder content = new StringBuilder();
        for (String line : ask("lru_crawler metadump hash")) {
            String key = line.substring("key=".length(), line.indexOf(' '));
            String decoded = URLDecoder.decode(key, StandardCharsets.ISO_8859_1);
            content.append(decoded).append(String.join("\n", ask("get " + decoded)));
        }
        return content.toString();
    }

    private List<String> ask(String command) {
        return new TextTalk(host, asked == 0 ? port : asked).ask(command);
    }

    /** Keeps a text under a key, as another program would. */
    public void put(String key, String text) {
        new TextTalk(host, asked == 0 ? port : asked).put(key, text);
    }

    /** One number of its {@code stats}. */
    public long stat(String name) {
        return Long.parseLong(stats().get(name));
    }

    /** All commands on records that it counted since it started, in the way that the project's budget counts them. */
    public long commands() {
        return stats().entrySet().stream()
                .filter(stat -> stat.getKey().matches("cmd_(get|set|touch)|(delete|incr|decr)_(hits|misses)"))
                .mapToLong(stat -> Long.parseLong(stat.getValue()))
                .sum();
    }

    @Override
    public void close() {
        kill();
    }

    /** Starts another program, which ends with this JVM; what it prints goes to that file. */
    public static Process program(Path output, List<String> command) {
        List<String> tied = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
        tied.addAll(command);
        Process started = spawn(tied, ProcessBuilder.Redirect.to(output.toFile()));
        RUNNING.add(started);
        return started;
    }

    private static Process spawn(List<String> command) {
        return spawn(command, ProcessBuilder.Redirect.DISCARD);
    }

    private static Process spawn(List<String> command, ProcessBuilder.Redirect output) {
        try {
            return PARENT.submit(() -> new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output)
                            .start())
                    .get();
        } catch (ExecutionException e) {
            throw new AssertionError("cannot start " + command + "; are memcached and util-linux installed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void awaitAnswer(Process started) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < end) {
            try {
                if (started.waitFor(10, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("memcached ended with status " + started.exitValue());
                }
                if (asked < 0 ? TextTalk.listens(host, port) : !stats().isEmpty()) {
                    return;
                }
            } catch (UncheckedIOException e) {
                // not there yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("memcached on port " + port + " did not answer within " + START_SECONDS + " s");
    }

    private void signal(String signal) {
        Process target = process;
        if (target != null) {
            await(spawn(List.of("kill", signal, "" + target.pid())));
        }
    }

    private static boolean isStopped(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.allMatch(thread -> state(thread).startsWith("T"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String state(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Process ending) {
        try {
            if (!ending.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(ending + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A port that nobody listened on a moment ago. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
