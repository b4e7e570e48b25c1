package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What app servers asked of one store and were told, with the times, and whether that keeps the promise: each attribute
 * is a linearizable register, what is over stays over, and what lives is found. Every value is written once.
 *
 * <p>The register check is that of Gibbons and Korach ("Testing Shared Memories", SIAM J. Comput. 1997) for unique
 * values: the time in which a value must have been there, from the first end to the last start of what wrote or read
 * it, must not overlap with that of another value.
 */
final class History {
    private static final long NEVER = Long.MAX_VALUE;

    /** A value of one attribute: written from {@code began}, acknowledged at {@code ended}, and read. */
    private static final class Value {
        private long firstEnd = NEVER;
        private long lastStart = Long.MIN_VALUE;
        private boolean read;
        private long writeBegan = NEVER;
        private long replacedSince = NEVER;
    }

    private final Map<String, Map<String, Value>> registers = new TreeMap<>();
    private final Map<String, Long> endBegan = new TreeMap<>();
    private final Map<String, Long> overSince = new TreeMap<>();
    private final Map<String, Long> livesUntil = new TreeMap<>();
    private final Map<String, Long> removalBegan = new TreeMap<>();
    private final Map<String, Long> removedSince = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private final long timeout;

    /** A history of sessions that may end by themselves when nobody asked for them for that time. */
    History(Duration timeout) {
        this.timeout = timeout.toNanos();
    }

    List<String> violations() {
        return violations;
    }

    /** A write is under way; of no value, if the attribute is being removed, and never set again. */
    void writeBegan(String session, String attribute, @Nullable String value, long at) {
        if (value == null) {
            removalBegan.merge(session + "." + attribute, at, Math::min);
        } else {
            value(session, attribute, value).writeBegan = at;
        }
    }

    /** A write was acknowledged. */
    void written(String session, String attribute, @Nullable String value, long began, long ended) {
        if (value == null) {
            removedSince.merge(session + "." + attribute, ended, Math::min);
            return;
        }
        Value of = value(session, attribute, value);
        of.firstEnd = Math.min(of.firstEnd, ended);
        of.lastStart = Math.max(of.lastStart, began);
    }

    /** A write was acknowledged whose request had seen that value: that one is gone, whatever clocks say. */
    void replaced(String session, String attribute, @Nullable String value, long at) {
        if (value != null) {
            Value of = value(session, attribute, value);
            of.replacedSince = Math.min(of.replacedSince, at);
        }
    }

    /** A live session was read, with that value. */
    void read(String session, String attribute, @Nullable String value, long began, long ended) {
        String name = session + "." + attribute;
        if (value == null) {
            if (removalBegan.getOrDefault(name, NEVER) > ended) {
                violations.add("session " + session + " was read without attribute " + attribute + at(began, ended));
            }
            removedSince.merge(name, ended, Math::min);
            return;
        }
        Value of = value(session, attribute, value);
        if (removedSince.getOrDefault(name, NEVER) < began) {
            violations.add(name + " was removed and is back" + at(began, ended));
        }
        if (of.replacedSince < began) {
            violations.add(name + "=" + value + " was replaced and is back" + at(began, ended));
        }
        if (of.writeBegan > ended) {
            violations.add(
                    session + "." + attribute + "=" + value + " was read before it was written" + at(began, ended));
        }
        of.read = true;
        of.firstEnd = Math.min(of.firstEnd, ended);
        of.lastStart = Math.max(of.lastStart, began);
    }

    /** A live session was found by a read or a save. */
    void foundLive(String session, long began, long ended) {
        livesUntil.merge(session, began + timeout, Math::max);
        long over = overSince.getOrDefault(session, NEVER);
        if (over < began) {
            violations.add(
                    "session " + session + " was over at " + millis(over) + " and lives again" + at(began, ended));
        }
    }

    /** The session was found over, or not there. */
    void foundOver(String session, long began, long ended) {
        if (endBegan.getOrDefault(session, NEVER) > ended && livesUntil.getOrDefault(session, NEVER) > ended) {
            violations.add("session " + session + " lives and was not found" + at(began, ended));
        }
        overSince.merge(session, ended, Math::min);
    }

    void endBegan(String session, long at) {
        endBegan.merge(session, at, Math::min);
    }

    void ended(String session, long at) {
        overSince.merge(session, at, Math::min);
    }

    void unavailable(String what, long began, long ended) {
        violations.add(what + " was unavailable" + at(began, ended));
    }

    /** Looks at all registers. */
    void check() {
        registers.forEach((register, values) -> {
            List<Map.Entry<String, Value>> needed = values.entrySet().stream()
                    .filter(each -> each.getValue().firstEnd != NEVER)
                    .toList();
            for (Map.Entry<String, Value> a : needed) {
                for (Map.Entry<String, Value> b : needed) {
                    if (a != b && overlap(a.getValue(), b.getValue())) {
                        violations.add(register + ": " + a.getKey() + zone(a.getValue()) + " against " + b.getKey()
                                + zone(b.getValue()));
                    }
                }
            }
        });
    }

    /** Two forward zones that overlap, or a backward zone within a forward one. */
    private static boolean overlap(Value a, Value b) {
        boolean forwardA = a.firstEnd < a.lastStart;
        boolean forwardB = b.firstEnd < b.lastStart;
        if (forwardA && forwardB) {
            return a.firstEnd < b.lastStart && b.firstEnd < a.lastStart;
        }
        return forwardA && a.firstEnd < b.lastStart && b.firstEnd < a.lastStart;
    }

    private Value value(String session, String attribute, String value) {
        return registers
                .computeIfAbsent(session + "." + attribute, register -> new LinkedHashMap<>())
                .computeIfAbsent(value, unseen -> new Value());
    }

    private static String zone(Value value) {
        return (value.read ? " (read, " : " (") + millis(value.firstEnd) + ".." + millis(value.lastStart) + ")";
    }

    private static String at(long began, long ended) {
        return " (" + millis(began) + ".." + millis(ended) + ")";
    }

    private static String millis(long nanos) {
        return nanos == NEVER ? "never" : nanos / 1_000_000 + "." + nanos / 100_000 % 10;
    }
}
