package io.memsession.e2e;

import java.io.UncheckedIOException;
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

    /** When each began, and when it ended, in nanoseconds. */
    private final Map<Long, Long> asked = new ConcurrentSkipListMap<>();

    private final Map<MemcachedProcess, Map<Long, Long>> askedOfNodes = new ConcurrentHashMap<>();
    private volatile boolean over;

    Noise(Cluster cluster) {
        for (AppServer server : cluster.servers()) {
            keepAsking(() -> new Browser(cluster.host()).get(server.url(), "/api/nothing"), asked);
        }
        for (MemcachedProcess node : cluster.nodes()) {
            keepAsking(node::answers, askedOfNodes.computeIfAbsent(node, first -> new ConcurrentSkipListMap<>()));
        }
    }

    private void keepAsking(Runnable question, Map<Long, Long> asks) {
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
