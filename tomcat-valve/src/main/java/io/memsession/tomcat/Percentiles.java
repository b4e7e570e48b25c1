package io.memsession.tomcat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Durations counted in buckets that grow by a quarter, from a microsecond to about an hour: so a percentile is known to
 * a quarter of itself, in a few hundred bytes and without locks.
 */
final class Percentiles {
    private static final double GROWTH = Math.log(1.25);
    private static final int BUCKETS = 100;

    /** Of a histogram: every third bucket, about twice as long as the one before, from 0.1 ms to 10 s. */
    private static final int FIRST_BOUND = 21;

    private static final int LAST_BOUND = 72;
    private static final int BETWEEN_BOUNDS = 3;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final LongAdder nanos = new LongAdder();

    void add(Duration took) {
        nanos.add(took.toNanos());
        counts.incrementAndGet(bucket(took.toNanos() / 1000.0));
    }

    private static int bucket(double micros) {
        return micros <= 1 ? 0 : Math.min(BUCKETS - 1, (int) Math.ceil(Math.log(micros) / GROWTH));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** Milliseconds that this part of all, 0 to 1, did not take longer than; 0 if there are none. */
    double millis(double part) {
        long wanted = (long) Math.ceil(count() * part);
        long seen = 0;
        for (int i = 0; i < BUCKETS && wanted > 0; i++) {
            seen += counts.get(i);
            if (seen >= wanted) {
                return Math.exp(i * GROWTH) / 1000;
            }
        }
        return 0;
    }

    /** How many there are, and how many nanoseconds all took together. */
    List<Long> sums() {
        return List.of(count(), nanos.sum());
    }

    /** How many took at most so many seconds, for some lengths that grow, and in the last row all of them. */
    FigureTable histogram() {
        FigureTable table = new FigureTable("histogram", "le", List.of("count"));
        long seen = 0;
        for (int i = 0; i < BUCKETS; i++) {
            seen += counts.get(i);
            if (i >= FIRST_BOUND && i <= LAST_BOUND && (i - FIRST_BOUND) % BETWEEN_BOUNDS == 0) {
                table.row(seconds(i), List.of(seen));
            }
        }
        return table.row("+Inf", List.of(seen));
    }

    private static String seconds(int bucket) {
        return BigDecimal.valueOf(Math.exp(bucket * GROWTH) / 1e6)
                .round(new MathContext(3))
                .toPlainString();
    }

    /** Count, median, 95th and 99th percentile, longest; in milliseconds. */
    String[] summary() {
        return new String[] {
            "Count = " + count(),
            "p50 = " + rounded(0.5),
            "p95 = " + rounded(0.95),
            "p99 = " + rounded(0.99),
            "Max = " + rounded(1)
        };
    }

    private double rounded(double part) {
        return Math.round(millis(part) * 1000) / 1000.0;
    }
}
