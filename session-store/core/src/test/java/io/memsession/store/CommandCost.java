package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.function.LongUnaryOperator;
import org.assertj.core.api.ThrowingConsumer;

/**
 * What requests cost their nodes in commands. The engine looks after its nodes and their sessions now and then, which
 * adds to a count that such a look falls into, but never to all of them.
 */
public final class CommandCost {
    private static final int TRIES = 20;

    private final List<MemcachedServer> nodes;

    /** The cost at those nodes. */
    public CommandCost(MemcachedServer... nodes) {
        this.nodes = List.of(nodes);
    }

    /**
     * Asserts that the requests cost just that much: in no try less, and in one of them not more. Some of it may come
     * after their answers, as leases are given back then.
     *
     * @param requests what to count, which is given the number of the try
     */
    public void is(long expected, ThrowingConsumer<Integer> requests) {
        until(requests, before -> await().until(() -> commands() - before, cost -> cost >= expected), expected);
    }

    /** Asserts that the requests cost that much at most in one of some tries. */
    public void isAtMost(long expected, Runnable requests) {
        until(attempt -> requests.run(), before -> commands() - before, expected);
    }

    private void until(ThrowingConsumer<Integer> requests, LongUnaryOperator costSince, long atMost) {
        long fewest = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES && fewest > atMost; attempt++) {
            long before = commands();
            requests.accept(attempt);
            fewest = Math.min(fewest, costSince.applyAsLong(before));
        }
        assertThat(fewest).as("the fewest commands in %s tries", TRIES).isLessThanOrEqualTo(atMost);
    }

    private long commands() {
        return nodes.stream().mapToLong(MemcachedServer::commands).sum();
    }
}
