package io.memsession.loadtest;

import io.memsession.e2e.AppServer;
import io.memsession.e2e.Browser;
import io.memsession.e2e.Cluster;
import io.memsession.e2e.MemcachedProcess;
import io.memsession.e2e.ServerProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * When the machine itself stood still: when a node that nobody had killed, or an app server that was asked for no
 * session, took longer to answer than an app server waits for a node. A node that is given up then is given up rightly,
 * and with two at once, or with one dead, that is a second failure.
 */
final class Stalls implements AutoCloseable {
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(50);
    private static final long AROUND = TimeUnit.SECONDS.toNanos(1);

    private final List<Stall> stalls = new CopyOnWriteArrayList<>();

    /** When the questions were asked that are not yet answered, by process. */
    private final Map<String, Long> open = new ConcurrentHashMap<>();

    private final long limit;
    private volatile boolean over;

    /** From when until when, in nanoseconds. */
    private record Stall(long began, long ended) {}

    /** Nothing is asked before {@link #watch}. */
    Stalls(Duration operationTimeout) {
        limit = operationTimeout.toNanos();
    }

    /** Asks every node and app server again and again until this is closed. */
    void watch(Cluster cluster) {
        for (MemcachedProcess node : cluster.memcacheds()) {
            watch(node, node::commands);
        }
        for (AppServer server : cluster.servers()) {
            watch(server, () -> new Browser(cluster.host()).get(server.url(), "/api/nothing"));
        }
    }

    private void watch(ServerProcess whom, Runnable question) {
        Thread thread = new Thread(() -> keepAsking(whom, question), "stalls");
        thread.setDaemon(true);
        thread.start();
    }

    private void keepAsking(ServerProcess whom, Runnable question) {
        while (!over) {
            long began = System.nanoTime(); // with the pause: a thread that is not woken is a sign of it too
            open.put(whom.name(), began);
            LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
            boolean alive = whom.isServing();
            try {
                question.run();
            } catch (UncheckedIOException e) {
                alive &= whom.isServing(); // else it was just killed
            }
            open.remove(whom.name());
            if (alive) {
                add(began, System.nanoTime());
            }
        }
    }

    /** A question was asked and answered; a stall if that took too long. */
    void add(long began, long ended) {
        if (ended - began > limit + BETWEEN_QUESTIONS.toNanos()) {
            stalls.add(new Stall(began, ended));
        }
    }

    /** Whether there was one in that time, or just before or after it, or one seems to begin. */
    boolean during(long began, long ended) {
        return open.values().stream().anyMatch(asked -> ended - asked > limit / 2 + BETWEEN_QUESTIONS.toNanos())
                || stalls.stream().anyMatch(stall -> stall.began - AROUND <= ended && stall.ended + AROUND >= began);
    }

    int count() {
        return stalls.size();
    }

    /** The longest in milliseconds; 0 if there was none. */
    long longestMillis() {
        return stalls.stream()
                .mapToLong(stall -> TimeUnit.NANOSECONDS.toMillis(stall.ended - stall.began))
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        over = true;
    }
}
