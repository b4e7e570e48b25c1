package io.memsession.store;

/**
 * Attribute values as bytes, one by one. Thread-safe. Equal graphs written twice in one JVM give equal bytes, so that a
 * difference in the bytes is what counts as a change.
 */
public interface AttributeCodec {

    /**
     * The value's bytes.
     *
     * @throws AttributeCodecException if the value, or an object within it, cannot be written; the message names the
     *     class
     */
    byte[] encode(Object value) throws AttributeCodecException;

    /**
     * The value that the bytes stand for, a new object graph each time.
     *
     * @param bytes an array that holds them
     * @param offset where they begin
     * @param length how many they are
     * @throws AttributeCodecException if they cannot be read here; the message says why
     */
    Object decode(byte[] bytes, int offset, int length) throws AttributeCodecException;

    /**
     * The same, with whether the value holds all that the bytes told. Of a codec that cannot say, it may not.
     *
     * @throws AttributeCodecException if they cannot be read here; the message says why
     */
    default Decoded read(byte[] bytes, int offset, int length) throws AttributeCodecException {
        return new Decoded(decode(bytes, offset, length), false);
    }

    /**
     * A value that was read.
     *
     * @param whole whether nothing in the bytes was unknown here, as a field of a newer version of a class is; so that
     *     nothing is lost when the value is written in their place
     */
    record Decoded(Object value, boolean whole) {}
}
