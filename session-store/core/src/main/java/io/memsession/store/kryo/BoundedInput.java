package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.KryoBufferUnderflowException;

/**
 * Bytes from outside, read with every declared length checked against the bytes that are there before anything of that
 * length is created. (Kryo 5 allocates first: its issue 1282.)
 */
final class BoundedInput extends Input {
    private int claimable;

    BoundedInput(byte[] bytes, int offset, int length) {
        super(bytes, offset, length);
        claimable = length;
    }

    /**
     * The number of elements, if the bytes can hold them. Each element takes a byte of its own, so all the numbers
     * declared in one graph together cannot exceed its bytes: nested declarations cannot multiply.
     */
    int readCount() {
        int count = readVarInt(true);
        if (count < 0 || count > claimable) {
            throw new KryoException("more elements are declared than there are bytes");
        }
        claimable -= count;
        return count;
    }

    /** A string that is there. */
    String readText() {
        String text = readString();
        if (text == null) {
            throw new KryoException("a text is missing");
        }
        return text;
    }

    private int fitting(int length, int width) {
        if (length < 0 || length > (limit - position) / width) {
            throw new KryoException("a length is declared that exceeds the bytes");
        }
        return length;
    }

    @Override
    protected int require(int required) {
        int remaining = limit - position;
        if (remaining < required) {
            throw new KryoBufferUnderflowException("the bytes are cut short");
        }
        return remaining;
    }

    @Override
    protected int optional(int optional) {
        int remaining = Math.min(limit - position, optional);
        return remaining == 0 ? -1 : remaining;
    }

    @Override
    public String readString() {
        checkUtf8Length();
        return super.readString();
    }

    @Override
    public StringBuilder readStringBuilder() {
        checkUtf8Length();
        return super.readStringBuilder();
    }

    private void checkUtf8Length() {
        int start = position;
        if (readVarIntFlag()) {
            fitting(Math.max(readVarIntFlag(true), 1) - 1, 1);
        }
        position = start;
    }

    @Override
    public byte[] readBytes(int length) {
        return super.readBytes(fitting(length, 1));
    }

    @Override
    public int[] readInts(int length) {
        return super.readInts(fitting(length, Integer.BYTES));
    }

    @Override
    public int[] readInts(int length, boolean optimizePositive) {
        return super.readInts(fitting(length, 1), optimizePositive);
    }

    @Override
    public long[] readLongs(int length) {
        return super.readLongs(fitting(length, Long.BYTES));
    }

    @Override
    public long[] readLongs(int length, boolean optimizePositive) {
        return super.readLongs(fitting(length, 1), optimizePositive);
    }

    @Override
    public float[] readFloats(int length) {
        return super.readFloats(fitting(length, Float.BYTES));
    }

    @Override
    public double[] readDoubles(int length) {
        return super.readDoubles(fitting(length, Double.BYTES));
    }

    @Override
    public short[] readShorts(int length) {
        return super.readShorts(fitting(length, Short.BYTES));
    }

    @Override
    public char[] readChars(int length) {
        return super.readChars(fitting(length, Character.BYTES));
    }

    @Override
    public boolean[] readBooleans(int length) {
        return super.readBooleans(fitting(length, 1));
    }
}
