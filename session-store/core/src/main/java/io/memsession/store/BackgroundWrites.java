package io.memsession.store;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The writes that nobody waits for, until the engine closes. */
final class BackgroundWrites {
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    // a write in the background does not insist, and identity is the equality meant here
    @SuppressWarnings({"FutureReturnValueIgnored", "CollectionUndefinedEquality"})
    void add(CompletableFuture<?> write) {
        open.add(write);
        write.whenComplete((value, error) -> open.remove(write));
    }

    /** Waits until all are done, for that time at most. */
    void await(Duration limit) {
        CompletableFuture.allOf(open.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(error -> null)
                .join();
    }
}
