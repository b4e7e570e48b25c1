package io.memsession.store;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a request changed.
 *
 * @param created when the session was created, in milliseconds since 1970, if this is its first delta; otherwise the
 *     least long
 * @param lastAccess when it was last asked for, in milliseconds since 1970
 * @param timeout the new timeout; null if that did not change
 * @param principal the new principal; null if that did not change
 * @param attributes the new bytes of each changed attribute; empty for a removed one
 */
record Delta(
        long created,
        long lastAccess,
        @Nullable Timeout timeout,
        @Nullable Principal principal,
        SortedMap<String, Optional<Slice>> attributes) {

    /** Who is logged in; null for nobody. */
    record Principal(@Nullable String name) {}

    /** The delta of a request that did nothing but ask for the session. */
    static Delta access(long lastAccess) {
        return new Delta(Long.MIN_VALUE, lastAccess, null, null, Collections.emptySortedMap());
    }

    /** Whether it changes nothing but the last access. */
    boolean accessOnly() {
        return timeout == null && principal == null && attributes.isEmpty() && created == Long.MIN_VALUE;
    }

    /**
     * The delta as a record that knows nothing else, so that putting it on top of a record is merging.
     *
     * @param primary the node that the session's id names, if it does
     */
    SessionRecord at(Stamp stamp, @Nullable String primary) {
        SortedMap<String, Stamped<Slice>> stamped = new TreeMap<>();
        attributes.forEach((name, value) -> stamped.put(name, new Stamped<>(stamp, value.orElse(null))));
        return new SessionRecord(
                SessionRecord.State.LIVE,
                Collections.emptySortedSet(),
                0,
                created,
                lastAccess,
                primary,
                timeout == null ? Stamped.never() : new Stamped<>(stamp, timeout),
                principal == null ? Stamped.never() : new Stamped<>(stamp, principal.name()),
                stamped);
    }
}
