package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work on many keys, some at the same time, and not more of them a second than allowed: a lane that is ahead of time
 * waits. A failure ends all lanes.
 */
final class Lanes {
    private static final Duration WAIT = Duration.ofMillis(2);
    private static final Duration REPORT = Duration.ofSeconds(1);

    private final Iterator<String> rest;
    private final int lanes;
    private final long nanosForEach;
    private final Scheduler scheduler;
    private final long start;
    private long begun;
    private long reported;
    private volatile boolean failed;

    Lanes(Collection<String> keys, int atOnce, int mostASecond, Scheduler scheduler) {
        this.rest = keys.iterator();
        this.lanes = Math.min(atOnce, keys.size());
        this.nanosForEach = Duration.ofSeconds(1).toNanos() / mostASecond;
        this.scheduler = scheduler;
        this.start = scheduler.nanoTime();
        this.reported = start;
    }

    /** Does the work; completes with the number of keys when it is done for all. */
    CompletableFuture<Long> run(Function<String, CompletableFuture<Void>> work, LongConsumer progress) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            CompletableFuture<Void> end = new CompletableFuture<>();
            all.add(end);
            goOn(work, progress, end);
        }
        return WriteRound.allOrFirstFailure(all).thenApply(done -> begun);
    }

    /** A loop as long as answers are there at once, so that a long lane does not grow the stack. */
    private void goOn(
            Function<String, CompletableFuture<Void>> work, LongConsumer progress, CompletableFuture<Void> end) {
        CompletableFuture<Void> one;
        do {
            if (ahead()) {
                scheduler.after(WAIT, () -> goOn(work, progress, end));
                return;
            }
            String key = next(progress);
            if (key == null) {
                end.complete(null);
                return;
            }
            one = work.apply(key);
        } while (one.isDone() && !one.isCompletedExceptionally());
        var unused = one.whenComplete((done, error) -> {
            if (error == null) {
                goOn(work, progress, end);
            } else {
                failed = true;
                end.completeExceptionally(error);
            }
        });
    }

    private synchronized boolean ahead() {
        return begun * nanosForEach > scheduler.nanoTime() - start;
    }

    private synchronized @Nullable String next(LongConsumer progress) {
        if (failed || !rest.hasNext()) {
            return null;
        }
        long now = scheduler.nanoTime();
        if (now - reported > REPORT.toNanos()) {
            reported = now;
            progress.accept(begun);
        }
        begun++;
        return rest.next();
    }
}
