package io.memsession.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Time as the engine's protocol sees it: what it costs, and what comes later. Tests and simulations bring their own.
 */
interface Scheduler {

    /** Nanoseconds from some fixed point, never going back. */
    long nanoTime();

    /** Runs the task once, not before the delay has passed. The task is quick and does not throw. */
    void after(Duration delay, Runnable task);

    /** Completes when the delay has passed. */
    default CompletableFuture<Void> pause(Duration delay) {
        CompletableFuture<Void> passed = new CompletableFuture<>();
        after(delay, () -> passed.complete(null));
        return passed;
    }
}
