package io.memsession.e2e;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * How slow the machine itself is: how long requests take that ask for no session and no node, all the time, at every
 * app server, and how long each node takes to answer a question that comes from here. What the former wait for, nobody
 * waits for because of a node; what the latter wait for, nobody waits for because of an app server.
 */
final class Noise implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    /** When each began, and when it ended, in nanoseconds. */
    private final Map<Long, Long> asked = new ConcurrentSkipListMap<>();

    private final Map<MemcachedProcess, Map<Long, Long>> askedOfNodes = new ConcurrentHashMap<>();
    private volatile boolean over;

    Noise(Cluster cluster) {
        cluster.servers().forEach(server -> FaultProxy.daemon(() -> ask(cluster, server), "noise at " + server));
        cluster.nodes().forEach(node -> {
            Map<Long, Long> asks = new ConcurrentSkipListMap<>();
            askedOfNodes.put(node, asks);
            FaultProxy.daemon(() -> ask(node, asks), "noise at " + node);
        });
    }

    private void ask(MemcachedProcess node, Map<Long, Long> asks) {
        try {
            while (!over) {
                long began = System.nanoTime();
                node.answers();
                asks.put(began, System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Cluster cluster, AppServer server) {
        while (!over) {
            long began = System.nanoTime();
            try {
                new Browser(cluster.host()).get(server.url(), "/api/nothing");
                asked.put(began, System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (UncheckedIOException e) {
                asked.put(began, System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The longest in milliseconds that such a request took during that operation, or just before or after it. */
    long millisDuring(Operation operation) {
        return millisDuring(operation, asked);
    }

    /** The same of questions to a node. */
    long millisDuring(Operation operation, MemcachedProcess node) {
        return millisDuring(operation, askedOfNodes.getOrDefault(node, Map.of()));
    }

    private static long millisDuring(Operation operation, Map<Long, Long> questions) {
        long around = TimeUnit.SECONDS.toNanos(1);
        return questions.entrySet().stream()
                .filter(each ->
                        each.getKey() < operation.ended() + around && each.getValue() > operation.began() - around)
                .mapToLong(Noise::millis)
                .max()
                .orElse(0);
    }

    /** The longest in milliseconds that any such request took. */
    long longestMillis() {
        return asked.entrySet().stream().mapToLong(Noise::millis).max().orElse(0);
    }

    private static long millis(Map.Entry<Long, Long> each) {
        return TimeUnit.NANOSECONDS.toMillis(each.getValue() - each.getKey());
    }

    @Override
    public void close() {
        over = true;
    }
}
