package io.memsession.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a session ends. Its record alone decides, not the nodes' clocks or TTLs, which only clean up: a session lives
 * until its stored last access plus timeout plus slack. For a moment behind that, life is undecided, because a renewal
 * may still be on its way; after it, the session is over for everybody.
 */
final class Expiry {
    /** How far the clocks of the app servers may be apart. */
    private static final Duration SKEW = Duration.ofMillis(50);

    private static final Duration COARSEST = Duration.ofSeconds(60);
    private static final Duration TOMBSTONE_OF_ENDLESS = Duration.ofDays(30);

    private final long grace;
    private final long margin;
    private final @Nullable Duration precision;

    Expiry(Duration operationTimeout, @Nullable Duration precision) {
        this.grace = operationTimeout.plus(SKEW.multipliedBy(2)).toMillis();
        this.margin = 2 * grace + 2_000 + Legacies.KEPT.toMillis();
        this.precision = precision;
    }

    /** Milliseconds after a session's deadline for which its life is undecided. */
    long grace() {
        return grace;
    }

    /** The timeout with the slack that goes with it. */
    Timeout timeout(Duration inactive) {
        return Timeout.of(inactive, precision(inactive).multipliedBy(2));
    }

    private Duration precision(Duration inactive) {
        if (precision != null) {
            return precision;
        }
        Duration tenth = inactive.dividedBy(10);
        return inactive.isNegative() || tenth.compareTo(COARSEST) > 0 ? COARSEST : tenth;
    }

    /**
     * Milliseconds since 1970 until which the session lives at least; {@link Long#MAX_VALUE} if it never ends by
     * itself.
     */
    static long deadline(SessionRecord record) {
        Timeout timeout = record.timeout().value();
        if (timeout == null || timeout.never()) {
            return Long.MAX_VALUE;
        }
        SetBack back = SetBack.of(record);
        long access = back == null ? record.lastAccess() : back.to();
        return sum(sum(access, timeout.inactive()), back != null && back.exact() ? 0 : timeout.slack());
    }

    /** Milliseconds since 1970 from which on nobody acknowledges a renewal any more. */
    long decided(SessionRecord record) {
        return sum(deadline(record), grace);
    }

    /** Whether the stored last access is so old that it should be written, in the background. */
    static boolean accessDue(SessionRecord record, long now) {
        return olderThan(record, now, 2);
    }

    /** Whether it is so old that it must be written before the answer. */
    static boolean accessOverdue(SessionRecord record, long now) {
        return olderThan(record, now, 1);
    }

    private static boolean olderThan(SessionRecord record, long now, int partsOfSlack) {
        Timeout timeout = record.timeout().value();
        return timeout != null && !timeout.never() && now - SetBack.lastAccess(record) > timeout.slack() / partsOfSlack;
    }

    /** How long a node is to keep the record. */
    Duration ttl(SessionRecord record, long now) {
        Timeout timeout = record.timeout().value();
        if (record.ended()) {
            return outlivingStaleCopies(timeout);
        }
        return timeout == null || timeout.never()
                ? Duration.ZERO
                : Duration.ofMillis(sum(Math.max(0, deadline(record) - now), margin));
    }

    /** Milliseconds since 1970 before which the marker of a removed attribute has done its work. */
    long markersDoneBefore(SessionRecord record, long now) {
        return now - outlivingStaleCopies(record.timeout().value()).toMillis();
    }

    /** How long a copy that missed the latest write can live on in a node: no copy has a later deadline. */
    private Duration outlivingStaleCopies(@Nullable Timeout timeout) {
        return timeout == null || timeout.never()
                ? TOMBSTONE_OF_ENDLESS
                : Duration.ofMillis(sum(sum(timeout.inactive(), timeout.slack()), sum(grace, margin)));
    }

    /** The sum, or the largest number where it would be larger. */
    private static long sum(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
