package io.memsession.loadtest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What one user knows of one thing in the session: the value last written and acknowledged, and what was written since
 * without an answer, which may be there or not. For one thread at a time.
 *
 * <p>An unanswered write may still arrive after a look that did not see it, but not after the next acknowledged write:
 * nodes refuse what was built on an older copy.
 */
final class Known<V> {
    /** So many former values are remembered, to tell an older one from a foreign one. */
    private static final int FORMER = 30;

    private final String what;
    private final V nothing;
    private final Deque<V> former = new ArrayDeque<>();
    private final List<V> unanswered = new ArrayList<>();
    private V value;

    /** Something that was not yet written. */
    Known(String what, V nothing) {
        this.what = what;
        this.nothing = nothing;
        this.value = nothing;
    }

    /** A write was answered. */
    void written(V written) {
        remember(written);
        unanswered.clear();
    }

    /** A write was sent and not answered, or answered with an error. */
    void mayBeWritten(V sent) {
        unanswered.add(sent);
    }

    /** Judges what was seen; what is wrong is told once and then believed. */
    Optional<Wrong> see(V seen) {
        if (seen.equals(value)) {
            return Optional.empty();
        }
        int arrived = unanswered.lastIndexOf(seen);
        if (arrived >= 0) {
            unanswered.subList(0, arrived + 1).clear();
            remember(seen);
            return Optional.empty();
        }
        Wrong wrong = new Wrong(
                kind(seen),
                what + " is " + told(seen) + ", must be " + told(value)
                        + (unanswered.isEmpty() ? "" : " or one of " + unanswered));
        written(seen);
        return Optional.of(wrong);
    }

    private Wrong.Kind kind(V seen) {
        if (seen.equals(nothing)) {
            return Wrong.Kind.WRITE_LOST;
        }
        return former.contains(seen) ? Wrong.Kind.OLDER : Wrong.Kind.FOREIGN;
    }

    private String told(V some) {
        return some.equals(nothing) ? "not there" : some.toString();
    }

    private void remember(V next) {
        former.addLast(value);
        if (former.size() > FORMER) {
            former.removeFirst();
        }
        value = next;
    }

    V value() {
        return value;
    }
}
