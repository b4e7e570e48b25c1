package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/**
 * The plain id of a session as its record keeps it where the key has only its hash. Whoever can open the record, and
 * came to it by a list of keys, learns from it which session that is.
 */
final class KeptId {
    private KeptId() {}

    /** The bytes that the record lacks; empty if it has them, or if the key tells the id. */
    static Optional<Slice> missing(Homes homes, SessionRecord record) {
        Slice bytes = Slice.of(homes.id().plain().getBytes(UTF_8));
        Stamped<Slice> kept = record.attributes().get(Reserved.ID);
        return homes.keyTellsId() || (kept != null && bytes.equals(kept.value()))
                ? Optional.empty()
                : Optional.of(bytes);
    }

    /**
     * The session's id; empty if the record does not tell it.
     *
     * @param hash what its key has in its place. A record keeps the id from before a rename until it is saved next
     */
    static Optional<SessionId> of(SessionRecord record, String hash) {
        Stamped<Slice> kept = record.attributes().get(Reserved.ID);
        Slice bytes = kept == null ? null : kept.value();
        return bytes == null
                ? Optional.empty()
                : SessionId.unrouted(new String(bytes.array(), bytes.offset(), bytes.length(), UTF_8))
                        .filter(id -> Seal.hash(id.plain()).equals(hash))
                        .map(id -> id.withNode(record.primary()));
    }
}
