package io.memsession.store;

/**
 * A codec whose sessions are one graph each: what several attributes hold is one object again when the session is read
 * elsewhere. All is decoded when one attribute is asked for, and of two servers that change a session at once the later
 * one wins in all of it.
 */
public final class SessionGraphCodec implements AttributeCodec {
    private final AttributeCodec codec;

    /** Writes graphs with that codec. */
    public SessionGraphCodec(AttributeCodec codec) {
        this.codec = codec;
    }

    @Override
    public byte[] encode(Object value) throws AttributeCodecException {
        return codec.encode(value);
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException {
        return codec.decode(bytes, offset, length);
    }

    @Override
    public Decoded read(byte[] bytes, int offset, int length) throws AttributeCodecException {
        return codec.read(bytes, offset, length);
    }
}
