package io.memsession.store;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What one node keeps of a session: everything but values.
 *
 * @param node the node's id
 * @param home whether it is one of the session's homes
 * @param state what it keeps
 * @param bytes the record's size
 * @param version how many times it was written; 0 where the record cannot be read, as with what follows
 * @param created when the session was created
 * @param lastAccess when it was last asked for, to the access precision
 * @param ends when it ends if nobody asks for it; null for never
 * @param attributes the sizes of its attributes in bytes, by name
 */
public record CopyFinding(
        String node,
        boolean home,
        State state,
        int bytes,
        long version,
        @Nullable Instant created,
        @Nullable Instant lastAccess,
        @Nullable Instant ends,
        SortedMap<String, Integer> attributes) {

    /** What a node keeps of a session. */
    public enum State {
        /** A record of a session that lives. */
        LIVE,
        /** The record of one that goes on under another id. */
        MOVED,
        /** A tombstone: the session is over. */
        ENDED,
        /** A record whose time is up; the next who reads it ends it. */
        EXPIRED,
        /** A record that only app servers with the key can read. */
        SEALED,
        /** Something that is no record. */
        UNREADABLE,
        /** Nothing. */
        NOTHING,
        /** Nobody knows: the node does not answer. */
        UNKNOWN
    }

    static CopyFinding without(String node, boolean home, State state, int bytes) {
        return new CopyFinding(node, home, state, bytes, 0, null, null, null, new TreeMap<>());
    }

    static CopyFinding of(String node, boolean home, byte[] value, Instant now) {
        SessionRecord record;
        try {
            record = RecordFormat.read(value);
        } catch (CorruptRecordException e) {
            return without(node, home, Seal.isSealed(value) ? State.SEALED : State.UNREADABLE, value.length);
        }
        SortedMap<String, Integer> attributes = new TreeMap<>();
        for (Map.Entry<String, Stamped<Slice>> each : record.attributes().entrySet()) {
            Slice kept = each.getValue().value();
            if (kept != null) {
                attributes.put(each.getKey(), kept.length());
            }
        }
        long deadline = Expiry.deadline(record);
        return new CopyFinding(
                node,
                home,
                state(record, deadline < now.toEpochMilli()),
                value.length,
                record.version(),
                Instant.ofEpochMilli(record.created()),
                Instant.ofEpochMilli(SetBack.lastAccess(record)),
                deadline == Long.MAX_VALUE ? null : Instant.ofEpochMilli(deadline),
                attributes);
    }

    private static State state(SessionRecord record, boolean past) {
        return switch (record.state()) {
            case LIVE -> past ? State.EXPIRED : State.LIVE;
            case MOVED -> State.MOVED;
            case ENDED -> State.ENDED;
        };
    }
}
