package io.memsession.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.PriorityQueue;

/** Clock and scheduler of a test: time passes when the test says so. */
final class SimulatedTime implements Scheduler, InstantSource {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private record Task(long due, long number, Runnable action) implements Comparable<Task> {
        @Override
        public int compareTo(Task other) {
            return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
        }
    }

    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private long nanos;
    private long scheduled;

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        tasks.add(new Task(nanos + delay.toNanos(), scheduled++, task));
    }

    /** Runs the task when it is that late. */
    void at(long nanoTime, Runnable task) {
        tasks.add(new Task(nanoTime, scheduled++, task));
    }

    /** Lets time pass as on a machine that stands still: what was to happen in it happens later. */
    void jump(Duration time) {
        nanos += time.toNanos();
    }

    /** Lets time pass, and what was to happen in it happen. */
    void pass(Duration time) {
        long until = nanos + time.toNanos();
        while (!tasks.isEmpty() && tasks.peek().due <= until) {
            Task next = tasks.remove();
            nanos = Math.max(nanos, next.due);
            next.action.run();
        }
        nanos = Math.max(nanos, until);
    }
}
