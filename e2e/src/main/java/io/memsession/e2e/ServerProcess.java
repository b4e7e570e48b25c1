package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server of its own: started, killed, paused and started again on the same port. */
public abstract class ServerProcess {
    private static final int ONE_SECOND = 1000;
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Slot slot;
    private final Path folder;
    private final Path log;
    private volatile @Nullable Process process;
    private volatile boolean serving;

    ServerProcess(Slot slot) {
        this.slot = slot;
        this.folder = slot.layout().workingFolder(slot.group() + "-" + slot.name());
        this.log = slot.layout().log(slot.group() + "-" + slot.name());
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What starts it. */
    abstract List<String> command();

    /** Whether it answers a question of its own protocol within a second. */
    abstract boolean answers();

    /** Starts it without waiting for it. */
    public final void start() {
        process = slot.children().start(slot.place().command(command()), folder, log);
    }

    /** Waits until it answers; fails with the last lines of its log if it ends, or takes longer than 90 s. */
    public final void awaitUp() {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!answers()) {
            if (!isRunning() || System.nanoTime() > deadline) {
                throw new IllegalStateException(this + (isRunning() ? " does not answer" : " ended") + "; its log is "
                        + log + ":\n" + lastLines(30));
            }
            pauseBetweenQuestions();
        }
        serving = true;
    }

    private void pauseBetweenQuestions() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + this, e);
        }
    }

    /** Starts it again on the same port and waits for it. */
    public final void restart() {
        kill9();
        start();
        awaitUp();
    }

    /** Ends it at once, as a crash does. */
    public final void kill9() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
        serving = false;
    }

    /** Stops it where it is: it keeps its connections and answers nothing. */
    public final void pause() {
        signal("STOP");
        serving = false;
    }

    /** Lets it go on. */
    public final void resume() {
        signal("CONT");
        serving = true;
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, String.valueOf(pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the process exists; it may hang nevertheless. */
    public final boolean isRunning() {
        Process running = process;
        return running != null && running.isAlive();
    }

    /** Whether it has answered since its last start, and was neither killed nor paused then. */
    public final boolean isServing() {
        return serving;
    }

    /** Its process id; 0 before the first start. */
    public final long pid() {
        Process running = process;
        return running == null ? 0 : running.pid();
    }

    /** What it is called in logs and pages. */
    public final String name() {
        return slot.name();
    }

    /** The TCP port it listens on. */
    public final int port() {
        return slot.port();
    }

    /** Where it is reached from here, as in {@code 127.0.0.1:8080}. */
    public final String hostAndPort() {
        return slot.place().address() + ":" + port();
    }

    /** The same as the beginning of URLs. */
    public final String url() {
        return "http://" + hostAndPort();
    }

    /** Whether it answers a GET of that path with 200 within a second. */
    final boolean answersTo(String path) {
        return status(path, ONE_SECOND) == HttpURLConnection.HTTP_OK;
    }

    /** The status that it answers to a GET of that path; 0 if it does not answer in time. */
    final int status(String path, int millis) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url() + path).toURL().openConnection();
            connection.setConnectTimeout(ONE_SECOND);
            connection.setReadTimeout(millis);
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** The same, to connect to. */
    final InetSocketAddress socket() {
        return slot.place().socket(port());
    }

    /** The address that it is to listen on. */
    final String listens() {
        return slot.place().listens();
    }

    /** Where it works. */
    final Path folder() {
        return folder;
    }

    /** Where what it prints is kept. */
    public final Path log() {
        return log;
    }

    /** Every file that tells what it did: what it printed, and what it writes elsewhere. */
    List<Path> logs() {
        return List.of(log);
    }

    /** What it printed so far. */
    public final String printed() {
        return content(log);
    }

    /** The last lines that it printed. */
    public final String lastLines(int count) {
        return lastLines(log, count);
    }

    /** The last lines of a file; none if it is not there. */
    static String lastLines(Path file, int count) {
        List<String> lines = content(file).lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
    }

    private static String content(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public final String toString() {
        return name() + " (" + hostAndPort() + ")";
    }
}
