package io.memsession.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The writes that nobody waits for, until the engine closes. */
final class BackgroundWrites {
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    // a write in the background does not insist, and identity is the equality meant here
    @SuppressWarnings({"FutureReturnValueIgnored", "CollectionUndefinedEquality"})
    void add(CompletableFuture<?> write) {
        open.add(write);
        write.whenComplete((value, error) -> open.remove(write));
    }

    /**
     * Waits until all are done, for that time at most. Not by a future's own timeout: the thread that the JDK starts
     * for that has the context class loader of the first who needs it, a web application that is about to end, and
     * keeps it as long as the JVM runs.
     */
    void await(Duration limit) {
        CompletableFuture<Void> all = CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new));
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        while (!all.isDone() && System.nanoTime() - end < 0) {
            try {
                all.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true; // who is in a hurry loses no write for it
            } catch (ExecutionException | TimeoutException e) {
                // who wrote in the background knows of its failure, and nobody waits for what is late
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
