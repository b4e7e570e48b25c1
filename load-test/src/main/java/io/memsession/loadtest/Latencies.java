package io.memsession.loadtest;

/**
 * How long requests took: counted in classes that are five per cent wide, so that a percentile is right within that.
 * For one thread at a time.
 */
final class Latencies {
    private static final double WIDTH = Math.log(1.05);
    private static final double LEAST_MICROS = 50;
    private static final int CLASSES = 300; // the last begins at 110 s

    private final int[] counts = new int[CLASSES];
    private int total;
    private long longestMicros;

    void add(long micros) {
        counts[classOf(micros)]++;
        total++;
        longestMicros = Math.max(longestMicros, micros);
    }

    void addAll(Latencies others) {
        for (int i = 0; i < CLASSES; i++) {
            counts[i] += others.counts[i];
        }
        total += others.total;
        longestMicros = Math.max(longestMicros, others.longestMicros);
    }

    private static int classOf(long micros) {
        return (int) Math.min(CLASSES - 1, Math.max(0, Math.ceil(Math.log(micros / LEAST_MICROS) / WIDTH)));
    }

    int total() {
        return total;
    }

    /** In milliseconds, what that part of all requests took at most; 0 if there were none. */
    double percentile(double part) {
        long wanted = (long) Math.ceil(part * total);
        long seen = 0;
        for (int i = 0; i < CLASSES; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(LEAST_MICROS * Math.exp(i * WIDTH), (double) longestMicros) / 1000;
            }
        }
        return 0;
    }

    double longest() {
        return longestMicros / 1000.0;
    }
}
