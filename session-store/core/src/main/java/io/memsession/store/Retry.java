package io.memsession.store;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The patience of one operation: it begins anew when other writers were faster, or a home failed under it, but not for
 * ever. Behind another writer it waits a moment, longer each time and by chance, so that writers do not stay in step.
 */
final class Retry {
    private static final int MOST = 64;

    /**
     * A rename reads, puts and writes, and where a home is left out it leaves a mark of that at each write: so others
     * overtake it far more often than one who reads and writes.
     */
    private static final int MOST_OF_A_RENAME = 256;

    private static final int LONGEST_MILLIS = 16;

    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final int most;
    private int begun;

    private Retry(Scheduler scheduler, RandomGenerator random, int most) {
        this.most = most;
        this.scheduler = scheduler;
        this.random = random;
    }

    /** The patience of a read or a write. */
    static Retry of(Scheduler scheduler, RandomGenerator random) {
        return new Retry(scheduler, random, MOST);
    }

    /** The patience of a rename. */
    static Retry ofRename(Scheduler scheduler, RandomGenerator random) {
        return new Retry(scheduler, random, MOST_OF_A_RENAME);
    }

    /** Begins anew at once. */
    <T> CompletableFuture<T> now(Supplier<CompletableFuture<T>> attempt) {
        return ++begun > most
                ? CompletableFuture.failedFuture(new StoreUnavailableException(
                        "a session's record was changed by others " + most + " times while it was to be written"))
                : attempt.get();
    }

    /** Begins anew: the first time at once, then after a moment. */
    <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> attempt) {
        long longest = TimeUnit.MILLISECONDS.toNanos(Math.min(LONGEST_MILLIS, 1 << Math.min(begun, 10)));
        Duration moment = begun == 0 ? Duration.ZERO : Duration.ofNanos(random.nextLong(longest));
        return moment.isZero() ? now(attempt) : scheduler.pause(moment).thenCompose(passed -> now(attempt));
    }
}
