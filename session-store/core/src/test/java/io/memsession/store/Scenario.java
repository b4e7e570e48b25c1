package io.memsession.store;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a schedule of the simulation is about. They take turns, so that every range of seeds has some of each.
 *
 * @param nodes how many nodes there are
 * @param timeout how long a session may go without an access
 * @param renames how often at the same time a session may be given another id; where nodes fail no more than once, as
 *     two nodes cannot decide between two
 * @param skew how far the clocks of the app servers may be apart
 * @param early how much before its timeout a session may end: what remains of a difference of clocks
 * @param faults what can happen
 */
record Scenario(
        String name, int nodes, Duration timeout, int renames, Duration skew, Duration early, Set<Fault> faults) {
    private static final Duration LONG = Duration.ofHours(10);

    /** Something that goes wrong, or a long time in which little is asked. */
    enum Fault {
        KILL,
        HANG,
        QUICK_RESTART,
        CUT,
        KILL_APP_SERVER,
        SHORT_HANG,
        STALL_APP_SERVER,
        ERRORS,
        FULL,
        EVICT_RECORD,
        EVICT_BOOKKEEPING,
        QUIET_TIME
    }

    private static final Set<Fault> BASIC = EnumSet.range(Fault.KILL, Fault.SHORT_HANG);
    private static final Set<Fault> MORE = EnumSet.complementOf(EnumSet.of(Fault.QUIET_TIME));
    private static final List<Scenario> ALL = List.of(
            new Scenario("basic", 2, LONG, 0, Duration.ZERO, Duration.ZERO, BASIC),
            new Scenario("renames", 2, LONG, 1, Duration.ZERO, Duration.ZERO, MORE),
            new Scenario(
                    "renames at once", 2, LONG, 2, Duration.ZERO, Duration.ZERO, EnumSet.of(Fault.STALL_APP_SERVER)),
            new Scenario("errors", 2, LONG, 0, Duration.ZERO, Duration.ZERO, MORE),
            new Scenario("short sessions", 2, Duration.ofSeconds(2), 0, Duration.ZERO, Duration.ZERO, BASIC),
            new Scenario("short renames", 2, Duration.ofSeconds(2), 1, Duration.ZERO, Duration.ZERO, BASIC),
            new Scenario(
                    "quiet times",
                    2,
                    Duration.ofSeconds(20),
                    0,
                    Duration.ZERO,
                    Duration.ZERO,
                    EnumSet.of(Fault.QUIET_TIME, Fault.KILL, Fault.HANG, Fault.QUICK_RESTART)),
            new Scenario("three nodes", 3, LONG, 1, Duration.ZERO, Duration.ZERO, BASIC),
            new Scenario(
                    "clocks apart",
                    2,
                    Duration.ofSeconds(20),
                    0,
                    Duration.ofSeconds(30),
                    ClusterClock.TOLERATED,
                    BASIC));

    static Scenario of(long seed) {
        return ALL.get((int) Math.floorMod(seed, (long) ALL.size()));
    }
}
