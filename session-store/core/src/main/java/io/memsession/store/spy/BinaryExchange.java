package io.memsession.store.spy;

import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A question in memcached's binary protocol, as described in its {@code protocol-binary.xml}: a header of 24 bytes,
 * then extras, key and value, both ways. The number in the header's opaque field ties an answer to its question.
 */
class BinaryExchange<T> extends Exchange<T> {
    static final int OK = 0;
    static final int NOT_FOUND = 1;
    static final int EXISTS = 2;
    static final int NOT_STORED = 5;

    private static final int HEADER = 24;
    private static final byte QUESTION = (byte) 0x80;
    private static final byte ANSWER = (byte) 0x81;
    private static final AtomicInteger OPAQUE = new AtomicInteger();

    private final byte opcode;
    private final int opaque = OPAQUE.incrementAndGet();
    private final ByteBuffer question;
    private final Reading<T> reading;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private int toSkip;
    private byte[] value = {};
    private @Nullable ByteBuffer unread;

    /**
     * A question.
     *
     * @param extras what stands before the key; empty or as long as the opcode wants
     */
    BinaryExchange(
            Peer peer, byte opcode, ByteBuffer extras, String key, long casId, byte[] value, Reading<T> reading) {
        super(peer);
        this.opcode = opcode;
        this.reading = reading;
        byte[] name = key.getBytes(StandardCharsets.US_ASCII);
        int body = extras.remaining() + name.length + value.length;
        question = ByteBuffer.allocate(HEADER + body)
                .put(QUESTION)
                .put(opcode)
                .putShort((short) name.length)
                .put((byte) extras.remaining())
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(body)
                .putInt(opaque)
                .putLong(casId)
                .put(extras)
                .put(name)
                .put(value)
                .flip();
    }

    /** Makes of an answer what the asker wants to know. */
    @FunctionalInterface
    interface Reading<T> {
        /**
         * The answer's meaning.
         *
         * @throws NodeFailure if the server will not do what was asked
         */
        T read(int status, long casId, byte[] value) throws NodeFailure;
    }

    @Override
    public final void initialize() {
        setBuffer(question);
    }

    @Override
    public void readFromBuffer(ByteBuffer in) throws IOException {
        readPacket(in);
    }

    private void readPacket(ByteBuffer in) throws IOException {
        move(in, header);
        if (header.hasRemaining()) {
            return;
        }
        ByteBuffer rest = unread;
        if (rest == null) {
            rest = begin();
            unread = rest;
        }
        int skipped = Math.min(toSkip, in.remaining());
        in.position(in.position() + skipped);
        toSkip -= skipped;
        move(in, rest);
        if (toSkip == 0 && !rest.hasRemaining()) {
            settle(Short.toUnsignedInt(header.getShort(6)), value);
        }
    }

    /** Makes ready for another packet that answers the same question. */
    final void readOn() {
        header.clear();
        unread = null;
    }

    /** How many bytes of the packet's body stand before its value. */
    int skipped(int keyLength, int extrasLength) {
        return keyLength + extrasLength;
    }

    private ByteBuffer begin() throws IOException {
        int length = header.getInt(8);
        toSkip = skipped(Short.toUnsignedInt(header.getShort(2)), Byte.toUnsignedInt(header.get(4)));
        if (header.get(0) != ANSWER || header.get(1) != opcode || header.getInt(12) != opaque) {
            throw garbled("an answer to another question");
        }
        if (length < toSkip || length > MAX_ANSWER) {
            throw garbled("an answer of " + Integer.toUnsignedString(length) + " bytes");
        }
        value = new byte[length - toSkip];
        return ByteBuffer.wrap(value);
    }

    /** Takes a whole packet. */
    void settle(int status, byte[] body) throws IOException {
        try {
            answered(reading.read(status, header.getLong(16), body));
        } catch (NodeFailure failure) {
            refused(failure);
        }
    }
}
