package io.memsession.store;

import java.time.Duration;

/**
 * How long a session may go without an access.
 *
 * @param inactive milliseconds without an access after which the session may end; negative means never
 * @param slack milliseconds that a session outlives this by, because its stored last access may be that old; negative
 *     never occurs
 */
record Timeout(long inactive, long slack) implements Comparable<Timeout> {
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    static Timeout of(Duration inactive, Duration slack) {
        return new Timeout(inactive.isNegative() ? -1 : millis(inactive), millis(slack));
    }

    private static long millis(Duration duration) {
        return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toMillis();
    }

    boolean never() {
        return inactive < 0;
    }

    Duration duration() {
        return Duration.ofMillis(inactive);
    }

    @Override
    public int compareTo(Timeout other) {
        int byInactive = Long.compare(inactive, other.inactive);
        return byInactive != 0 ? byInactive : Long.compare(slack, other.slack);
    }
}
