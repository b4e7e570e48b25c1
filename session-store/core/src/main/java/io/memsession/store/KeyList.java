package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * The keys that a node listed, each once. There may be a million, which have to live through the garbage collections of
 * a whole repair: as objects they would be copied by each of them, and all requests wait meanwhile. So they are three
 * arrays, of a size that a collector leaves where it is: a hash table with open addressing, which takes no sorting.
 * Keys are visible ASCII; all together take less than 2 GB.
 */
final class KeyList {
    private static final KeyList EMPTY = new KeyList(0, 0);

    /** The keys, one after the other. */
    private final byte[] bytes;
    /** Where each key begins, and behind the last one where that ends. */
    private final int[] starts;
    /**
     * Where the hash of a key points, or one of the slots behind it: the key's index and one more; 0 for a free slot.
     */
    private final int[] slots;

    private int size;

    private KeyList(int keys, int length) {
        this.bytes = new byte[length];
        this.starts = new int[keys + 1];
        this.slots = new int[Integer.highestOneBit(Math.max(1, keys)) << 2];
    }

    /** Those of the keys that are wanted. */
    static KeyList of(Collection<String> keys, Predicate<String> wanted) {
        int length = 0;
        for (String key : keys) {
            length = Math.addExact(length, key.length());
        }
        KeyList list = new KeyList(keys.size(), length);
        for (String key : keys) {
            if (wanted.test(key)) {
                list.add(key.getBytes(ISO_8859_1), 0, key.length());
            }
        }
        return list;
    }

    /** What any of them has. */
    static KeyList union(Collection<KeyList> lists) {
        return lists.stream().reduce(EMPTY, KeyList::and);
    }

    private KeyList and(KeyList other) {
        if (size == 0 || other.size == 0) {
            return size == 0 ? other : this;
        }
        KeyList both = new KeyList(size + other.size, Math.addExact(starts[size], other.starts[other.size]));
        both.addAll(this);
        both.addAll(other);
        return both;
    }

    private void addAll(KeyList other) {
        for (int i = 0; i < other.size; i++) {
            add(other.bytes, other.starts[i], other.starts[i + 1]);
        }
    }

    private void add(byte[] from, int start, int end) {
        int slot = slot(from, start, end);
        if (slots[slot] == 0) {
            System.arraycopy(from, start, bytes, starts[size], end - start);
            starts[size + 1] = starts[size] + end - start;
            slots[slot] = ++size;
        }
    }

    /** The slot that has that key, or the free one that it belongs in. */
    private int slot(byte[] key, int start, int end) {
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + key[i];
        }
        int slot = (hash ^ hash >>> 16) & slots.length - 1;
        while (slots[slot] != 0 && !isKey(slots[slot] - 1, key, start, end)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean isKey(int index, byte[] key, int start, int end) {
        return Arrays.equals(bytes, starts[index], starts[index + 1], key, start, end);
    }

    boolean has(String key) {
        return slots[slot(key.getBytes(ISO_8859_1), 0, key.length())] != 0;
    }

    /** The keys, each made when it is asked for. */
    List<String> keys() {
        return new Keys();
    }

    private final class Keys extends AbstractList<String> implements RandomAccess {
        @Override
        public String get(int index) {
            int start = starts[index];
            return new String(bytes, start, starts[index + 1] - start, ISO_8859_1);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
