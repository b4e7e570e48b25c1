package io.memsession.loadtest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What happened in which second: requests and how long they took, what they cost the nodes, and what was killed. */
final class Timeline {
    private volatile long origin = System.nanoTime();
    private final List<Second> seconds = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();

    /** One second; a request belongs to the one in which it ended. */
    static final class Second {
        private final Latencies latencies = new Latencies();
        private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        private long commands;

        Latencies latencies() {
            return latencies;
        }

        int count(Outcome outcome) {
            return outcomes.getOrDefault(outcome, 0);
        }

        /** What the nodes were asked. */
        long commands() {
            return commands;
        }

        private void addAll(Second other) {
            latencies.addAll(other.latencies);
            other.outcomes.forEach((outcome, count) -> outcomes.merge(outcome, count, Integer::sum));
            commands += other.commands;
        }
    }

    /**
     * A process that was killed, in seconds since the beginning.
     *
     * @param what its name, and how it was killed
     * @param died when
     * @param up when it answered again
     * @param repaired when the pair was as before
     */
    record Mark(String what, double died, double up, double repaired) {}

    /** Its first second begins at that time in nanoseconds; without this, when it was made. */
    void begin(long now) {
        origin = now;
    }

    /** A request is over. */
    synchronized void add(Outcome outcome, long began, long ended) {
        Second second = at(ended);
        second.outcomes.merge(outcome, 1, Integer::sum);
        second.latencies.add(TimeUnit.NANOSECONDS.toMicros(ended - began));
    }

    /** The nodes were asked so much more. */
    synchronized void addCommands(long commands, long now) {
        at(now).commands += commands;
    }

    synchronized void add(Mark mark) {
        marks.add(mark);
    }

    private Second at(long nanos) {
        int number = (int) second(nanos);
        while (seconds.size() <= number) {
            seconds.add(new Second());
        }
        return seconds.get(number);
    }

    /** How many whole seconds had passed by then. */
    long second(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(nanos - origin));
    }

    /** The same with what is behind the point. */
    double seconds(long nanos) {
        return (nanos - origin) / 1e9;
    }

    /** All that happened from one second until before another, together. */
    synchronized Second between(long from, long until) {
        Second sum = new Second();
        for (long i = from; i < Math.min(until, seconds.size()); i++) {
            sum.addAll(seconds.get((int) i));
        }
        return sum;
    }

    synchronized int length() {
        return seconds.size();
    }

    synchronized List<Mark> marks() {
        return List.copyOf(marks);
    }
}
