package io.memsession.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work on many keys at a steady pace: at each step as many are begun together as are due, so that what they ask a node
 * goes there in one packet, and others who ask it find only a few questions before theirs. A failure ends it.
 */
final class Batches {
    private static final Duration STEP = Duration.ofNanos(500_000);

    /** So many times the pace is what catches up after a delay, such as a garbage collection: requests catch up too. */
    private static final int CATCHING_UP = 2;

    /** Longer delays are not made up for: after them, all would come at once. */
    private static final Duration MOST_DELAY = Duration.ofMillis(50);

    private static final Duration REPORT = Duration.ofSeconds(1);

    private final Iterator<String> rest;
    private final int most;
    private final long nanosForEach;
    private final Scheduler scheduler;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private final int mostInAStep;
    private long begun;
    private int open;
    private int room; // of the step
    /** When the next key may be begun. */
    private long due;

    private long reported;

    /**
     * Work on those keys.
     *
     * @param atOnce on how many at most at the same time
     * @param mostASecond how many at most are begun in a second
     */
    Batches(Collection<String> keys, int atOnce, int mostASecond, Scheduler scheduler) {
        this.rest = keys.iterator();
        this.most = atOnce;
        this.nanosForEach = Duration.ofSeconds(1).toNanos() / mostASecond;
        this.mostInAStep = Math.toIntExact(1 + CATCHING_UP * STEP.toNanos() / nanosForEach);
        this.scheduler = scheduler;
        this.due = scheduler.nanoTime();
        this.reported = due;
        if (!rest.hasNext()) {
            end.complete(0L);
        }
    }

    /** Does the work; completes with the number of keys when it is done for all. */
    CompletableFuture<Long> run(Function<String, CompletableFuture<Void>> work, LongConsumer progress) {
        step(work, progress);
        return end;
    }

    private void step(Function<String, CompletableFuture<Void>> work, LongConsumer progress) {
        synchronized (this) {
            room = mostInAStep;
        }
        for (String key = next(progress); key != null; key = next(progress)) {
            var unused = work.apply(key).whenComplete((done, error) -> settle(error));
        }
        if (hasMore()) {
            scheduler.after(STEP, () -> step(work, progress));
        }
    }

    private synchronized @Nullable String next(LongConsumer progress) {
        long now = scheduler.nanoTime();
        if (end.isDone() || room == 0 || open == most || due > now + STEP.toNanos() || !rest.hasNext()) {
            return null;
        }
        if (now - reported > REPORT.toNanos()) {
            reported = now;
            progress.accept(begun);
        }
        due = Math.max(due, now - MOST_DELAY.toNanos()) + nanosForEach;
        begun++;
        room--;
        open++;
        return rest.next();
    }

    private void settle(@Nullable Throwable error) {
        if (error != null) {
            end.completeExceptionally(error);
        } else if (isLast()) {
            end.complete(begun);
        }
    }

    private synchronized boolean isLast() {
        open--;
        return open == 0 && !rest.hasNext();
    }

    private synchronized boolean hasMore() {
        return !end.isDone() && rest.hasNext();
    }
}
