package io.memsession.store;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Work on many keys, some at the same time, and not more of them a second than allowed: a lane that is ahead of time
 * waits. A failure ends all lanes.
 *
 * <p>There are a few lanes, so that others who ask the same nodes find only a few questions before theirs. More are
 * added as long as those are behind time, as where the nodes are far away, and taken away once they are ahead of it.
 */
final class Lanes {
    private static final int FEW = 4;
    private static final Duration WAIT = Duration.ofNanos(250_000);
    private static final Duration BEHIND = Duration.ofMillis(20);
    private static final Duration REPORT = Duration.ofSeconds(1);

    private final Iterator<String> rest;
    private final int most;
    private final long nanosForEach;
    private final Scheduler scheduler;
    private final long start;
    private final CompletableFuture<Long> end = new CompletableFuture<>();
    private int lanes;
    private long begun;
    private long reported;

    Lanes(Collection<String> keys, int atOnce, int mostASecond, Scheduler scheduler) {
        this.rest = keys.iterator();
        this.most = atOnce;
        this.nanosForEach = Duration.ofSeconds(1).toNanos() / mostASecond;
        this.scheduler = scheduler;
        this.start = scheduler.nanoTime();
        this.reported = start;
    }

    /** Does the work; completes with the number of keys when it is done for all. */
    CompletableFuture<Long> run(Function<String, CompletableFuture<Void>> work, LongConsumer progress) {
        int first = Math.min(FEW, most);
        synchronized (this) {
            lanes = first;
        }
        for (int i = 0; i < first; i++) {
            goOn(work, progress);
        }
        return end;
    }

    /** A loop as long as answers are there at once, so that a long lane does not grow the stack. */
    private void goOn(Function<String, CompletableFuture<Void>> work, LongConsumer progress) {
        CompletableFuture<Void> one;
        do {
            if (ahead()) {
                if (!leaves()) {
                    scheduler.after(WAIT, () -> goOn(work, progress));
                }
                return;
            }
            if (isJoined()) {
                scheduler.after(Duration.ZERO, () -> goOn(work, progress));
            }
            String key = next(progress);
            if (key == null) {
                done();
                return;
            }
            one = work.apply(key);
        } while (one.isDone() && !one.isCompletedExceptionally());
        var unused = one.whenComplete((done, error) -> {
            if (error == null) {
                goOn(work, progress);
            } else {
                end.completeExceptionally(error);
            }
        });
    }

    /** Whether another lane is to help this one. */
    private synchronized boolean isJoined() {
        boolean joined = lanes < most
                && !end.isDone()
                && rest.hasNext()
                && scheduler.nanoTime() - start - begun * nanosForEach > BEHIND.toNanos();
        lanes += joined ? 1 : 0;
        return joined;
    }

    /** Whether this lane is one too many. */
    private synchronized boolean leaves() {
        boolean left = lanes > FEW;
        lanes -= left ? 1 : 0;
        return left;
    }

    private void done() {
        boolean last;
        synchronized (this) {
            last = --lanes == 0;
        }
        if (last) {
            end.complete(begun());
        }
    }

    private synchronized long begun() {
        return begun;
    }

    private synchronized boolean ahead() {
        return begun * nanosForEach > scheduler.nanoTime() - start;
    }

    private synchronized @Nullable String next(LongConsumer progress) {
        if (end.isDone() || !rest.hasNext()) {
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
