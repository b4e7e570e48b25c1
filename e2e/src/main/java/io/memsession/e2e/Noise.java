package io.memsession.e2e;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How slow the machine itself is: how long requests take that ask for no session and no node, all the time, at every
 * app server, and how long each node takes to answer a question that comes from here. What the former wait for, nobody
 * waits for because of a node; what the latter wait for, nobody waits for because of an app server.
 */
final class Noise implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    private final List<AppServer> servers;

    /** When each question began, and when it ended, in nanoseconds. */
    private final Map<ServerProcess, Map<Long, Long>> asked = new ConcurrentHashMap<>();

    private volatile boolean over;

    Noise(Cluster cluster) {
        this.servers = cluster.servers();
        for (AppServer server : servers) {
            keepAsking(server, () -> new Browser(cluster.host()).get(server.url(), "/api/nothing"));
        }
        for (NodeProcess node : cluster.nodes()) {
            keepAsking(node, node::answers);
        }
    }

    private void keepAsking(ServerProcess whom, Runnable question) {
        Map<Long, Long> asks = asked.computeIfAbsent(whom, first -> new ConcurrentSkipListMap<>());
        FaultProxy.daemon(
                () -> {
                    while (!over) {
                        long began = System.nanoTime();
                        ask(question);
                        asks.put(began, System.nanoTime());
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
                    }
                },
                "noise");
    }

    private static void ask(Runnable question) {
        try {
            question.run();
        } catch (UncheckedIOException e) {
            // no answer is one too: how long it took is what is asked
        }
    }

    /** What a process took while it was made to fail is no noise. */
    void forget(ServerProcess failed, long from, long until) {
        asked(failed).entrySet().removeIf(each -> each.getKey() < until && each.getValue() > from);
    }

    /**
     * The longest in milliseconds that a request took at any app server during that operation, or just before or after
     * it.
     */
    long millisDuring(Operation operation) {
        return servers.stream()
                .mapToLong(server -> millisDuring(operation, server))
                .max()
                .orElse(0);
    }

    /** The same of questions to one process. */
    long millisDuring(Operation operation, ServerProcess whom) {
        long around = TimeUnit.SECONDS.toNanos(1);
        return asked(whom).entrySet().stream()
                .filter(each ->
                        each.getKey() < operation.ended() + around && each.getValue() > operation.began() - around)
                .mapToLong(Noise::millis)
                .max()
                .orElse(0);
    }

    /** The longest in milliseconds that any request took at an app server. */
    long longestMillis() {
        return servers.stream()
                .flatMap(server -> asked(server).entrySet().stream())
                .mapToLong(Noise::millis)
                .max()
                .orElse(0);
    }

    private Map<Long, Long> asked(ServerProcess whom) {
        return asked.getOrDefault(whom, Map.of());
    }

    private static long millis(Map.Entry<Long, Long> each) {
        return TimeUnit.NANOSECONDS.toMillis(each.getValue() - each.getKey());
    }

    @Override
    public void close() {
        over = true;
    }
}
