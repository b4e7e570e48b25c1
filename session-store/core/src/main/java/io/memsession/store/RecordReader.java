package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a record's bytes behind its first eight, which {@link RecordFormat} has checked. Trusts no length in
 * it.
 */
final class RecordReader {
    private final ByteBuffer in;

    RecordReader(byte[] bytes, int from) {
        in = ByteBuffer.wrap(bytes).position(from);
    }

    SessionRecord read(SessionRecord.State state) {
        try {
            long version = in.getLong();
            long created = in.getLong();
            long lastAccess = in.getLong();
            String primary = string();
            Stamped<Timeout> timeout = timeout();
            Stamped<String> principal = new Stamped<>(stamp(), string());
            SortedSet<SessionId> successors = successors();
            return new SessionRecord(
                    state, successors, version, created, lastAccess, primary, timeout, principal, attributes());
        } catch (BufferUnderflowException e) {
            throw new CorruptRecordException("a session record that is cut short");
        }
    }

    private Stamped<Timeout> timeout() {
        Stamp stamp = stamp();
        boolean present = in.get() == 1;
        Timeout timeout = new Timeout(in.getLong(), in.getLong());
        if (timeout.slack() < 0) {
            throw new CorruptRecordException("a session record with a negative slack");
        }
        return new Stamped<>(stamp, present ? timeout : null);
    }

    private SortedSet<SessionId> successors() {
        int count = in.getShort();
        SortedSet<SessionId> ids = count == 0 ? Collections.emptySortedSet() : new TreeSet<>();
        for (int i = 0; i < count; i++) {
            String plain = string();
            if (plain == null) {
                throw new CorruptRecordException("a session record with a nameless successor");
            }
            try {
                ids.add(new SessionId(plain, string(), null));
            } catch (IllegalArgumentException e) {
                throw new CorruptRecordException("a session record with an impossible successor");
            }
        }
        return ids;
    }

    private SortedMap<String, Stamped<Slice>> attributes() {
        int count = in.getInt();
        if (count < 0 || count > in.remaining() / RecordFormat.ATTRIBUTE_LEAST) {
            throw new CorruptRecordException("a session record with an impossible number of attributes");
        }
        String[] names = new String[count];
        Stamp[] stamps = new Stamp[count];
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = name();
            stamps[i] = stamp();
            lengths[i] = in.getInt();
        }
        SortedMap<String, Stamped<Slice>> attributes = count == 0 ? Collections.emptySortedMap() : new TreeMap<>();
        for (int i = 0; i < count; i++) {
            if (attributes.put(names[i], new Stamped<>(stamps[i], value(lengths[i]))) != null) {
                throw new CorruptRecordException("a session record with an attribute that stands there twice");
            }
        }
        if (in.hasRemaining()) {
            throw new CorruptRecordException("a session record that carries on behind its end");
        }
        return attributes;
    }

    private String name() {
        String name = string();
        if (name == null) {
            throw new CorruptRecordException("a session record with a nameless attribute");
        }
        return name;
    }

    private @Nullable Slice value(int length) {
        if (length < 0) {
            return null;
        }
        skip(length);
        return new Slice(in.array(), in.position() - length, length);
    }

    private Stamp stamp() {
        return new Stamp(in.getLong(), in.getLong());
    }

    private @Nullable String string() {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        skip(length);
        return new String(in.array(), in.position() - length, length, UTF_8);
    }

    private void skip(int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + length);
    }
}
