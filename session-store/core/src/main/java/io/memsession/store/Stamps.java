package io.memsession.store;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The source of this engine instance's stamps: no two are equal, and each is later than what its change was based on.
 */
final class Stamps {
    private final InstantSource clock;
    private final long writer;
    private final AtomicLong last = new AtomicLong(Long.MIN_VALUE);

    Stamps(InstantSource clock, long writer) {
        this.clock = clock;
        this.writer = writer;
    }

    /** A new stamp, later than the one given. */
    Stamp after(Stamp seen) {
        Instant now = clock.instant();
        long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
        long least = Math.max(micros, seen.clock() + 1);
        return new Stamp(last.updateAndGet(previous -> Math.max(previous + 1, least)), writer);
    }
}
