package io.memsession.store;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A codec whose long values are compressed (DEFLATE, RFC 1951, by the JDK). Compressed values are read whether
 * compression is on or not, so that it can be turned on and off at any time.
 */
public final class CompressingCodec implements AttributeCodec {
    /** The threshold that compresses nothing. */
    public static final int OFF = Integer.MAX_VALUE;

    private static final byte MODE = 'Z';
    private static final int HEADER = 1 + Integer.BYTES;

    /** A longer value is not compressed, so that a short one cannot become longer than that. */
    private static final int MOST = 4 << 20;

    /** What a byte of DEFLATE can stand for at most. */
    private static final int MOST_OF_A_BYTE = 1032;

    private final AttributeCodec codec;
    private final int threshold;

    /**
     * The codec, compressing.
     *
     * @param threshold values longer than that are compressed if they get shorter by it, in bytes
     */
    public CompressingCodec(AttributeCodec codec, int threshold) {
        this.codec = codec;
        this.threshold = threshold;
    }

    @Override
    public byte[] encode(Object value) throws AttributeCodecException {
        byte[] bytes = codec.encode(value);
        return bytes.length > threshold && bytes.length <= MOST ? shorter(bytes) : bytes;
    }

    private static byte[] shorter(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] compressed = new byte[bytes.length];
            ByteBuffer.wrap(compressed).put(MODE).putInt(bytes.length);
            int length = deflater.deflate(compressed, HEADER, compressed.length - HEADER);
            return deflater.finished() ? Arrays.copyOf(compressed, HEADER + length) : bytes;
        } finally {
            deflater.end();
        }
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        return read(bytes, offset, length).value();
    }

    @Override
    public Decoded read(byte[] bytes, int offset, int length) throws AttributeCodecException {
        if (length < HEADER || bytes[offset] != MODE) {
            return codec.read(bytes, offset, length);
        }
        byte[] whole = whole(bytes, offset, length);
        return codec.read(whole, 0, whole.length);
    }

    private static byte[] whole(byte[] bytes, int offset, int length) throws AttributeCodecException {
        int expected = ByteBuffer.wrap(bytes, offset + 1, Integer.BYTES).getInt();
        int compressed = length - HEADER;
        if (expected < 0 || expected > MOST || expected > (long) compressed * MOST_OF_A_BYTE) {
            throw new AttributeCodecException("cannot be read here: a length is declared that exceeds the bytes", null);
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes, offset + HEADER, compressed);
            byte[] whole = new byte[expected];
            int inflated = inflater.inflate(whole);
            if (inflated != expected || inflater.getRemaining() > 0 || (!inflater.finished() && moreThan(inflater))) {
                throw new AttributeCodecException("cannot be read here: it was compressed to another length", null);
            }
            return whole;
        } catch (DataFormatException e) {
            throw new AttributeCodecException("cannot be read here: it is not what was compressed", e);
        } finally {
            inflater.end();
        }
    }

    private static boolean moreThan(Inflater inflater) throws DataFormatException {
        return inflater.inflate(new byte[1]) > 0 || !inflater.finished();
    }
}
