package io.memsession.store;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The one deadline that all questions to a node share. As each has the same time, they fall due in the order in which
 * they were asked: a queue and a single pending task serve them all, and an answer that comes in time costs no timer.
 * It leaves the queue at once, and not when its time is up, by when it would have survived several garbage collections.
 *
 * <p>Where the task itself runs late, this app server stood still, and answers that came in time may lie unread in its
 * sockets: they are given a moment to be read before they count as late.
 */
final class Deadlines {
    private record Open(long due, CompletableFuture<?> answer, Supplier<NodeFailure> late) {}

    private static final int MOMENTS = 10;

    private final Duration limit;
    private final Duration moment;
    private final Scheduler scheduler;
    private final Queue<Open> open = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    Deadlines(Duration limit, Scheduler scheduler) {
        this.limit = limit;
        this.moment = limit.dividedBy(MOMENTS);
        this.scheduler = scheduler;
    }

    /** Completes the answer with the failure if nothing has completed it when its time is up. */
    void watch(CompletableFuture<?> answer, Supplier<NodeFailure> late) {
        if (answer.isDone()) {
            return;
        }
        open.add(new Open(scheduler.nanoTime() + limit.toNanos(), answer, late));
        arm();
    }

    /**
     * To be called when an answer is there: those that are done are watched no longer, as far as none is open before.
     */
    void settle() {
        Open next;
        while ((next = open.peek()) != null && next.answer.isDone()) {
            open.remove(next);
        }
    }

    /** How many answers are watched. */
    int watched() {
        return open.size();
    }

    private void arm() {
        Open next = open.peek();
        if (next != null && armed.compareAndSet(false, true)) {
            expireAt(Math.max(next.due, scheduler.nanoTime()));
        }
    }

    private void expireAt(long due) {
        scheduler.after(Duration.ofNanos(Math.max(0, due - scheduler.nanoTime())), () -> {
            if (scheduler.nanoTime() - due > moment.toNanos()) {
                expireAt(scheduler.nanoTime() + moment.toNanos());
            } else {
                expire();
            }
        });
    }

    private void expire() {
        armed.set(false);
        try {
            Open next;
            while ((next = open.peek()) != null && (next.answer.isDone() || next.due - scheduler.nanoTime() <= 0)) {
                open.remove(next);
                if (!next.answer.isDone()) {
                    next.answer.completeExceptionally(next.late.get());
                }
            }
        } finally {
            arm();
        }
    }
}
