package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * How a record looks as bytes. Equal records give equal bytes. Header and attribute names can be read without any class
 * of the application.
 *
 * <p>All numbers are big endian. Strings are UTF-8 behind a four-byte length; −1 stands for none. A stamp is two longs.
 *
 * <pre>
 *  0  magic 4D 53 · format 01 · state (0 live, 1 moved, 2 ended)
 *  4  CRC-32C of all that follows
 *  8  version · created · lastAccess                          3 longs
 * 32  primary                                                  string
 *     timeout: stamp · present (byte) · inactive · slack      ms
 *     principal: stamp · string
 *     number of successors (short), each: plain id · node     strings
 *     number of attributes (int), each: name · stamp · length of the value (int), −1 for a removed one
 *     the values, in the same order
 * </pre>
 */
final class RecordFormat {
    private static final int MAGIC = 0x4D53;
    private static final byte FORMAT = 1;
    private static final int CHECKED_FROM = 8;
    private static final int FIXED = 32 + Stamp.BYTES + 1 + 2 * Long.BYTES + Stamp.BYTES;
    static final int ATTRIBUTE_LEAST = Integer.BYTES + Stamp.BYTES + Integer.BYTES;

    private RecordFormat() {}

    /** The record's bytes. */
    static byte[] write(SessionRecord record) {
        List<byte[]> names = new ArrayList<>(record.attributes().size());
        ByteBuffer out = ByteBuffer.allocate(size(record, names));
        out.putShort((short) MAGIC).put(FORMAT).put(record.state().code).putInt(0);
        out.putLong(record.version()).putLong(record.created()).putLong(record.lastAccess());
        writeString(out, bytes(record.primary()));
        writeTimeout(out, record.timeout());
        writeStamp(out, record.principal().stamp());
        writeString(out, bytes(record.principal().value()));
        writeSuccessors(out, record.successors());
        writeAttributes(out, record.attributes(), names);
        out.putInt(4, checksum(out.array()));
        return out.array();
    }

    /**
     * How many bytes the record takes. Also fills {@code names} with the attributes' names as bytes, so that each is
     * encoded once.
     */
    private static int size(SessionRecord record, List<byte[]> names) {
        int size = FIXED + length(record.primary()) + length(record.principal().value()) + Short.BYTES + Integer.BYTES;
        for (SessionId successor : record.successors()) {
            size += length(successor.plain()) + length(successor.node());
        }
        for (Map.Entry<String, Stamped<Slice>> each : record.attributes().entrySet()) {
            byte[] name = each.getKey().getBytes(UTF_8);
            names.add(name);
            Slice value = each.getValue().value();
            size += ATTRIBUTE_LEAST + name.length + (value == null ? 0 : value.length());
        }
        return size;
    }

    private static void writeTimeout(ByteBuffer out, Stamped<Timeout> timeout) {
        writeStamp(out, timeout.stamp());
        Timeout value = timeout.value();
        out.put((byte) (value == null ? 0 : 1));
        out.putLong(value == null ? 0 : value.inactive()).putLong(value == null ? 0 : value.slack());
    }

    private static void writeSuccessors(ByteBuffer out, SortedSet<SessionId> successors) {
        out.putShort((short) successors.size());
        for (SessionId successor : successors) {
            writeString(out, bytes(successor.plain()));
            writeString(out, bytes(successor.node()));
        }
    }

    private static void writeAttributes(
            ByteBuffer out, SortedMap<String, Stamped<Slice>> attributes, List<byte[]> names) {
        out.putInt(attributes.size());
        int index = 0;
        for (Stamped<Slice> attribute : attributes.values()) {
            writeString(out, names.get(index++));
            writeStamp(out, attribute.stamp());
            out.putInt(attribute.value() == null ? -1 : attribute.value().length());
        }
        for (Stamped<Slice> attribute : attributes.values()) {
            Slice value = attribute.value();
            if (value != null) {
                out.put(value.array(), value.offset(), value.length());
            }
        }
    }

    private static void writeStamp(ByteBuffer out, Stamp stamp) {
        out.putLong(stamp.clock()).putLong(stamp.writer());
    }

    private static void writeString(ByteBuffer out, byte @Nullable [] text) {
        if (text == null) {
            out.putInt(-1);
        } else {
            out.putInt(text.length).put(text);
        }
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }

    private static int length(@Nullable String text) {
        return Integer.BYTES + (text == null ? 0 : text.getBytes(UTF_8).length);
    }

    /**
     * The record that the bytes stand for. Attribute values are not copied: they stay slices of the given array.
     *
     * @throws CorruptRecordException if they are no record of a known format, cut short, changed, or carry on behind
     *     its end
     */
    static SessionRecord read(byte[] bytes) {
        if (Seal.isSealed(bytes)) {
            throw new CorruptRecordException(
                    Arrays.equals(bytes, Seal.PLAIN_REFUSED)
                            ? "a plain session record, and only sealed ones are read"
                            : "a sealed session record that no key here opens under its memcached key");
        }
        if (bytes.length < FIXED || ByteBuffer.wrap(bytes).getShort() != MAGIC) {
            throw new CorruptRecordException(bytes.length + " bytes that are no session record");
        }
        if (bytes[2] != FORMAT) {
            throw new CorruptRecordException("a session record of the unknown format " + bytes[2]);
        }
        if (ByteBuffer.wrap(bytes).getInt(4) != checksum(bytes)) {
            throw new CorruptRecordException("a session record that fails its checksum");
        }
        return new RecordReader(bytes, CHECKED_FROM).read(state(bytes[3]));
    }

    private static SessionRecord.State state(byte code) {
        for (SessionRecord.State state : SessionRecord.State.values()) {
            if (state.code == code) {
                return state;
            }
        }
        throw new CorruptRecordException("a session record in the unknown state " + code);
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, CHECKED_FROM, bytes.length - CHECKED_FROM);
        return (int) crc.getValue();
    }
}
