package io.memsession.store;

import java.time.Duration;

/**
 * When a session is looked at to see whether it expired. Most sessions are used again before they would have expired,
 * so their entry in the expiry index is not moved at each access: when it falls due, the record tells the new deadline,
 * and the entry goes there.
 *
 * <p>Several app servers may each make an entry. So that these come together again, a session is looked at only at
 * certain times, a quarter of its timeout apart and from its id the same for everybody, and at its deadline.
 */
record DueSessions(long grace) {
    /** How long a period is; the sessions whose deadline falls into one are looked at together, after its end. */
    static final long PERIOD = 3_000;

    /** How long an entry may be on its way to the nodes, in milliseconds. */
    private static final long ON_ITS_WAY = 1_000;

    private static final int LOOKS = 4;

    /** The period in which a session is to be looked at that was created just now. */
    static long first(long deadline, long now) {
        return Math.max(deadline, now + ON_ITS_WAY) / PERIOD;
    }

    /** The period in which it is to be looked at next. */
    static long next(SessionId id, SessionRecord record, long now) {
        long deadline = Expiry.deadline(record);
        Timeout timeout = record.timeout().value();
        long step = timeout == null ? 0 : timeout.inactive() / LOOKS / PERIOD * PERIOD;
        if (step < 2 * PERIOD) {
            return first(deadline, now);
        }
        long phase = Math.floorMod(id.plain().hashCode() * 31L, step);
        long look = deadline - Math.floorMod(deadline - phase, step);
        return look < now + 2 * PERIOD ? first(deadline, now) : look / PERIOD;
    }

    /** The last period whose sessions can all be decided now. */
    long lastDue(long now) {
        return Math.floorDiv(now - grace, PERIOD) - 1;
    }

    /** How long to wait from now until another period can be decided. */
    Duration untilNext(long now) {
        return Duration.ofMillis((lastDue(now) + 2) * PERIOD + grace + 1 - now);
    }

    /** How long an entry is to be kept. */
    static Duration ttl(long period, long now) {
        return Duration.ofMillis((period + 1) * PERIOD - now).plus(Legacies.KEPT);
    }

    /** Whether it was too late for an entry that was made now: the period may have been handled. */
    boolean tooLate(long period, long now) {
        return period <= lastDue(now);
    }
}
