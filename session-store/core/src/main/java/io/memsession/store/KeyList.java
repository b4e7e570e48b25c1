package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.Predicate;

/**
 * The keys that a node listed, in order. There may be a million, which have to live through the garbage collections of
 * a whole repair: as objects they would be copied by each of them, and all requests wait meanwhile. So they are two
 * arrays, of a size that a collector leaves where it is. Keys are visible ASCII; all together take less than 2 GB.
 */
final class KeyList {
    private static final KeyList EMPTY = new KeyList(new byte[0], new int[1]);

    /** The keys, one after the other. */
    private final byte[] bytes;
    /** Where each key begins, and at the end where the last one ends. */
    private final int[] starts;

    private KeyList(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** Those of the keys that are wanted, each once. */
    static KeyList of(Collection<String> keys, Predicate<String> wanted) {
        String[] all = keys.toArray(String[]::new);
        Arrays.sort(all);
        int kept = 0;
        int length = 0;
        for (String key : all) {
            if (wanted.test(key) && (kept == 0 || !key.equals(all[kept - 1]))) {
                all[kept++] = key;
                length = Math.addExact(length, key.length());
            }
        }
        KeyList list = new KeyList(new byte[length], new int[kept + 1]);
        for (int i = 0; i < kept; i++) {
            list.put(i, all[i].getBytes(ISO_8859_1), 0, all[i].length());
        }
        return list;
    }

    private void put(int index, byte[] from, int start, int length) {
        System.arraycopy(from, start, bytes, starts[index], length);
        starts[index + 1] = starts[index] + length;
    }

    /** What any of them has. */
    static KeyList union(Collection<KeyList> lists) {
        return lists.stream().reduce(EMPTY, KeyList::and);
    }

    private KeyList and(KeyList other) {
        if (size() == 0 || other.size() == 0) {
            return size() == 0 ? other : this;
        }
        KeyList both = new KeyList(
                new byte[Math.addExact(bytes.length, other.bytes.length)], new int[size() + other.size() + 1]);
        int here = 0;
        int there = 0;
        int count = 0;
        while (here < size() || there < other.size()) {
            int order = here == size() ? 1 : there == other.size() ? -1 : compare(here, other, there);
            if (order <= 0) {
                both.put(count, bytes, starts[here], starts[here + 1] - starts[here]);
            } else {
                both.put(count, other.bytes, other.starts[there], other.starts[there + 1] - other.starts[there]);
            }
            count++;
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        return new KeyList(Arrays.copyOf(both.bytes, both.starts[count]), Arrays.copyOf(both.starts, count + 1));
    }

    private int compare(int index, KeyList other, int otherIndex) {
        return Arrays.compare(
                bytes,
                starts[index],
                starts[index + 1],
                other.bytes,
                other.starts[otherIndex],
                other.starts[otherIndex + 1]);
    }

    private int size() {
        return starts.length - 1;
    }

    boolean has(String key) {
        KeyList wanted = of(List.of(key), one -> true);
        int low = 0;
        int high = size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(middle, wanted, 0);
            if (order == 0) {
                return true;
            }
            low = order < 0 ? middle + 1 : low;
            high = order > 0 ? middle - 1 : high;
        }
        return false;
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
            return KeyList.this.size();
        }
    }
}
