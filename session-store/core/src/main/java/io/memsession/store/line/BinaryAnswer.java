package io.memsession.store.line;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What a server answers to one question in memcached's binary protocol, waited for.
 *
 * @param status 0 if all is well
 * @param value what is behind the header and what belongs to it
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers
public record BinaryAnswer(int status, byte[] value) {
    private static final int HEADER = 24;
    private static final byte QUESTION = (byte) 0x80;
    private static final byte ANSWER = (byte) 0x81;
    private static final int LONGEST = 64 << 10;

    /** Asks, and waits for so long. */
    public static BinaryAnswer to(OpenLine line, byte opcode, String key, byte[] value, Duration limit)
            throws IOException {
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        int body = name.length + value.length;
        line.within(limit)
                .write(ByteBuffer.allocate(HEADER + body)
                        .put(QUESTION)
                        .put(opcode)
                        .putShort((short) name.length)
                        .putInt(0)
                        .putInt(body)
                        .putLong(0)
                        .putInt(0)
                        .put(name)
                        .put(value)
                        .flip());
        ByteBuffer header = ByteBuffer.wrap(line.exactly(HEADER));
        int length = header.getInt(8);
        int skipped = Short.toUnsignedInt(header.getShort(2)) + Byte.toUnsignedInt(header.get(4));
        if (header.get(0) != ANSWER || header.get(1) != opcode || length < skipped || length > LONGEST) {
            throw new ProtocolException("an answer that is none of memcached's");
        }
        line.exactly(skipped);
        return new BinaryAnswer(Short.toUnsignedInt(header.getShort(6)), line.exactly(length - skipped));
    }
}
