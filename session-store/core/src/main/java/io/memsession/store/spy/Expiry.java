package io.memsession.store.spy;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Times to live as memcached takes them: 0 is without limit, up to 30 days is a number of seconds, and anything more is
 * taken for seconds since 1970 (its {@code protocol.txt}, "Expiration times").
 */
final class Expiry {
    private static final long LONGEST_RELATIVE = Duration.ofDays(30).toSeconds();

    /** A time that was over before any memcached was started, as a date: what is kept until then is gone at once. */
    static final int PAST = (int) LONGEST_RELATIVE + 1;

    private Expiry() {}

    /**
     * The time to live as memcached takes it; part of a second counts as a whole one.
     *
     * @throws IllegalArgumentException if it is negative
     */
    static int of(Duration ttl, InstantSource clock) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " is negative");
        }
        long seconds = ttl.getNano() > 0 && ttl.getSeconds() < Long.MAX_VALUE ? ttl.getSeconds() + 1 : ttl.getSeconds();
        if (seconds <= LONGEST_RELATIVE) {
            return (int) seconds;
        }
        long room = Integer.MAX_VALUE - clock.instant().getEpochSecond() - 1;
        return seconds >= room ? Integer.MAX_VALUE : (int) (clock.instant().getEpochSecond() + 1 + seconds);
    }
}
