package io.memsession.store.line;

import java.time.Duration;

/**
 * How long somebody waits.
 *
 * @param step the longest time for one step
 * @param end when all steps must be over, in terms of {@link System#nanoTime}
 */
public record Patience(Duration step, long end) {

    /** As long for each step, and so long for all together, from now on. */
    public static Patience of(Duration step, Duration all) {
        return new Patience(step, System.nanoTime() + all.toNanos());
    }

    /** What the next step may take; never nothing, as that would mean for ever. */
    public Duration left() {
        long nanos = Math.min(step.toNanos(), end - System.nanoTime());
        return Duration.ofNanos(Math.max(Duration.ofMillis(1).toNanos(), nanos));
    }
}
