package io.memsession.store;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A last access that its writer set back on purpose. Last accesses of several writers merge to the latest, so an
 * earlier one is kept beside it: it counts for as long as nobody's access is later than the one that it replaced.
 *
 * @param from the last access that it replaced, in milliseconds since 1970
 * @param to the last access that counts instead
 * @param exact whether no access after {@code to} can have gone unwritten, so that the session needs no slack
 */
record SetBack(long from, long to, boolean exact) {
    private static final int BYTES = 2 * Long.BYTES + 1;

    /** The one that counts in that record, if one does. */
    static @Nullable SetBack of(SessionRecord record) {
        Stamped<Slice> attribute = record.attributes().get(Reserved.SET_BACK);
        Slice bytes = attribute == null ? null : attribute.value();
        if (bytes == null || bytes.length() != BYTES) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(bytes.array(), bytes.offset(), bytes.length());
        SetBack found = new SetBack(in.getLong(), in.getLong(), in.get() == 1);
        return record.lastAccess() > found.from || found.to > found.from ? null : found;
    }

    Slice bytes() {
        return Slice.of(ByteBuffer.allocate(BYTES)
                .putLong(from)
                .putLong(to)
                .put((byte) (exact ? 1 : 0))
                .array());
    }

    /** When that record's session was last asked for. */
    static long lastAccess(SessionRecord record) {
        SetBack back = of(record);
        return back == null ? record.lastAccess() : back.to;
    }
}
