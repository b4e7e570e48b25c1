package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.IntConsumer;

/** What requests cost the nodes in commands, counted at the nodes themselves. */
final class CommandCount {
    /**
     * The app servers look after the nodes now and then, and after sessions that have expired; a few such looks may
     * fall into one of the two times compared.
     */
    static final long LOOK = 24;

    /** Longer than the app servers take between two looks while a node is not complete. */
    private static final Duration CALM = Duration.ofMillis(1_500);
    /** What two app servers ask in that time to see whether sessions have expired; such looks at the nodes are more. */
    private static final long CALM_COMMANDS = 8;

    private final Cluster cluster;

    CommandCount(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits until nothing is being repaired any more after what other tests did to the nodes. */
    void awaitCalm() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> during(() -> await().pollDelay(CALM).until(() -> true)) <= CALM_COMMANDS);
    }

    /** How many commands so many requests cause, less what the nodes are asked in as long a time without requests. */
    long of(int requests, IntConsumer request) {
        long start = System.nanoTime();
        long busy = during(() -> {
            for (int i = 0; i < requests; i++) {
                request.accept(i);
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long idle =
                during(() -> await().pollDelay(took).atMost(took.plusMinutes(1)).until(() -> true));
        return busy - idle;
    }

    private long during(Runnable activity) {
        long before = commands();
        activity.run();
        return commands() - before;
    }

    private long commands() {
        return cluster.memcacheds().stream()
                .mapToLong(MemcachedProcess::commands)
                .sum();
    }
}
