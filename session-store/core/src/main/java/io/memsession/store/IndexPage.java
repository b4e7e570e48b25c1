package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A set of session ids as one item on a node. It only hints at sessions: what it says counts once a session's record
 * confirms it, so a page that is lost, old or unreadable does no harm but that sessions are not found through it.
 *
 * <pre>
 *  0  magic 4D 49 · format 01 · level · when it was written, in ms (long) · number of ids (int)
 * 16  each id: length (byte) · plain id · length (byte) · node, of length 0 if it names none
 * </pre>
 *
 * @param level how often its topic had to be split; meaningful in a topic's first page
 * @param written when it was written last, in milliseconds since 1970
 * @param ids the sessions, without routes
 */
record IndexPage(int level, long written, SortedSet<SessionId> ids) {
    static final IndexPage EMPTY = new IndexPage(0, 0, Collections.emptySortedSet());

    private static final short MAGIC = 0x4D49;
    private static final byte FORMAT = 1;
    private static final int HEADER = 16;
    static final int MAX_LEVEL = 5;

    /** Everything that either knows. */
    static IndexPage merge(IndexPage a, IndexPage b) {
        SortedSet<SessionId> ids = new TreeSet<>(a.ids);
        ids.addAll(b.ids);
        return new IndexPage(Math.max(a.level, b.level), Math.max(a.written, b.written), ids);
    }

    /** The same with some ids more and some fewer. */
    IndexPage with(Set<SessionId> added, Set<SessionId> dropped) {
        SortedSet<SessionId> all = new TreeSet<>(ids);
        all.removeAll(dropped);
        added.forEach(id -> all.add(new SessionId(id.plain(), id.node(), null)));
        return new IndexPage(level, written, all);
    }

    IndexPage atLevel(int other) {
        return new IndexPage(Math.min(other, MAX_LEVEL), written, ids);
    }

    IndexPage writtenAt(long millis) {
        return new IndexPage(level, millis, ids);
    }

    byte[] bytes() {
        int size = HEADER;
        for (SessionId id : ids) {
            size += 2 + id.plain().length() + node(id).length();
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        out.putShort(MAGIC).put(FORMAT).put((byte) level).putLong(written).putInt(ids.size());
        for (SessionId id : ids) {
            write(out, id.plain());
            write(out, node(id));
        }
        return out.array();
    }

    private static String node(SessionId id) {
        return id.node() == null ? "" : id.node();
    }

    private static void write(ByteBuffer out, String text) {
        out.put((byte) text.length()).put(text.getBytes(US_ASCII));
    }

    /** The page that the bytes stand for; empty if they are none. */
    static Optional<IndexPage> read(byte[] bytes) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getShort() != MAGIC || in.get() != FORMAT) {
                return Optional.empty();
            }
            int level = Math.max(0, Math.min(in.get(), MAX_LEVEL));
            long written = in.getLong();
            SortedSet<SessionId> ids = new TreeSet<>();
            for (int rest = in.getInt(); rest > 0; rest--) {
                String plain = string(in);
                String node = string(in);
                ids.add(new SessionId(plain, node.isEmpty() ? null : node, null));
            }
            return Optional.of(new IndexPage(level, written, ids));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty(); // nobody needs to believe it; the next write replaces it
        }
    }

    private static String string(ByteBuffer in) {
        byte[] text = new byte[in.get() & 0xFF];
        in.get(text);
        return new String(text, US_ASCII);
    }
}
