package io.memsession.store;

import java.util.Arrays;

/**
 * A run of bytes inside an array that nobody changes. Equal means: the same bytes.
 *
 * @param array holds the bytes, often a whole record
 * @param offset where they begin
 * @param length how many they are
 */
@SuppressWarnings("ArrayRecordComponent") // a view into a record, compared by content
record Slice(byte[] array, int offset, int length) implements Comparable<Slice> {

    static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    @Override
    public int compareTo(Slice other) {
        return Arrays.compare(array, offset, offset + length, other.array, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that
                && length == that.length
                && Arrays.equals(array, offset, offset + length, that.array, that.offset, that.offset + that.length);
    }

    @Override
    public int hashCode() {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
