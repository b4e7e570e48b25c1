package io.memsession.store;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One session as it is kept. Never changes: a change makes another record.
 *
 * <p>Records form a semilattice under {@link #merge}: it is commutative, associative and idempotent, {@link #EMPTY} is
 * neutral, and states only go forward. So copies that went different ways come together, in whatever order they meet.
 * The attributes are last-writer-wins registers (Shapiro et al., "A comprehensive study of Convergent and Commutative
 * Replicated Data Types", 2011).
 *
 * @param state whether the session lives, has moved to another id, or is over
 * @param successors the ids it has moved to; kept when it ends, so that those end too
 * @param version counts the writes of this record
 * @param created milliseconds since 1970
 * @param lastAccess milliseconds since 1970; exact to the access precision
 * @param primary the id of the node that its session id names; null if it names none
 * @param timeout how long it may go without an access
 * @param principal who is logged in, by name
 * @param attributes by name; a removed one stays for a while as a marker without value
 */
record SessionRecord(
        State state,
        SortedSet<SessionId> successors,
        long version,
        long created,
        long lastAccess,
        @Nullable String primary,
        Stamped<Timeout> timeout,
        Stamped<String> principal,
        SortedMap<String, Stamped<Slice>> attributes) {

    /** How far a session has come; it never goes back. */
    enum State {
        LIVE(0),
        MOVED(1),
        ENDED(2);

        /** How the state stands in the record's bytes. */
        final byte code;

        State(int code) {
            this.code = (byte) code;
        }
    }

    /** Nothing known: what every record merges with into itself. */
    static final SessionRecord EMPTY = new SessionRecord(
            State.LIVE,
            Collections.emptySortedSet(),
            0,
            Long.MIN_VALUE,
            Long.MIN_VALUE,
            null,
            Stamped.never(),
            Stamped.never(),
            Collections.emptySortedMap());

    boolean live() {
        return state == State.LIVE;
    }

    boolean ended() {
        return state == State.ENDED;
    }

    /** What is known after both are known. */
    static SessionRecord merge(SessionRecord a, SessionRecord b) {
        State state = a.state.compareTo(b.state) >= 0 ? a.state : b.state;
        return new SessionRecord(
                state,
                union(a.successors, b.successors),
                Math.max(a.version, b.version),
                Math.max(a.created, b.created),
                Math.max(a.lastAccess, b.lastAccess),
                greater(a.primary, b.primary),
                Stamped.later(a.timeout, b.timeout),
                Stamped.later(a.principal, b.principal),
                state == State.ENDED ? Collections.emptySortedMap() : laterOfEach(a.attributes, b.attributes));
    }

    /** The tombstone of this record. */
    SessionRecord end() {
        return new SessionRecord(
                State.ENDED,
                successors,
                version + 1,
                created,
                lastAccess,
                primary,
                timeout,
                principal,
                Collections.emptySortedMap());
    }

    /** This record as it says that the session goes on under another id. */
    SessionRecord movedTo(SessionId successor) {
        SortedSet<SessionId> all = union(successors, new TreeSet<>(Collections.singleton(successor)));
        return new SessionRecord(
                State.MOVED, all, version + 1, created, lastAccess, primary, timeout, principal, attributes);
    }

    /** This record as the first one under another id: live, without successors, with the primary that this id names. */
    SessionRecord underNewId(@Nullable String newPrimary) {
        return new SessionRecord(
                State.LIVE,
                Collections.emptySortedSet(),
                version,
                created,
                lastAccess,
                newPrimary,
                timeout,
                principal,
                attributes);
    }

    /** The same with another primary; null for none. */
    SessionRecord withPrimary(@Nullable String other) {
        return new SessionRecord(
                state, successors, version, created, lastAccess, other, timeout, principal, attributes);
    }

    /** The same with another version. */
    SessionRecord withVersion(long other) {
        return new SessionRecord(
                state, successors, other, created, lastAccess, primary, timeout, principal, attributes);
    }

    /** The same without the markers of attributes removed before that time, in microseconds since 1970. */
    SessionRecord withoutMarkersBefore(long micros) {
        if (attributes.values().stream().noneMatch(each -> oldMarker(each, micros))) {
            return this;
        }
        SortedMap<String, Stamped<Slice>> kept = new TreeMap<>(attributes);
        kept.values().removeIf(each -> oldMarker(each, micros));
        return new SessionRecord(state, successors, version, created, lastAccess, primary, timeout, principal, kept);
    }

    private static boolean oldMarker(Stamped<Slice> attribute, long micros) {
        return attribute.value() == null && attribute.stamp().clock() < micros;
    }

    /** The latest stamp in the record. */
    Stamp newestStamp() {
        Stamp newest = Stamp.later(timeout.stamp(), principal.stamp());
        for (Stamped<Slice> attribute : attributes.values()) {
            newest = Stamp.later(newest, attribute.stamp());
        }
        return newest;
    }

    private static @Nullable String greater(@Nullable String a, @Nullable String b) {
        return a == null || (b != null && b.compareTo(a) > 0) ? b : a;
    }

    private static SortedSet<SessionId> union(SortedSet<SessionId> a, SortedSet<SessionId> b) {
        if (b.isEmpty() || a.equals(b)) {
            return a;
        }
        TreeSet<SessionId> both = new TreeSet<>(a);
        both.addAll(b);
        return both;
    }

    private static SortedMap<String, Stamped<Slice>> laterOfEach(
            SortedMap<String, Stamped<Slice>> a, SortedMap<String, Stamped<Slice>> b) {
        if (b.isEmpty()) {
            return a;
        }
        TreeMap<String, Stamped<Slice>> merged = new TreeMap<>(a);
        b.forEach((name, attribute) -> merged.merge(name, attribute, Stamped::later));
        return merged;
    }
}
