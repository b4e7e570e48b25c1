package io.memsession.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * The keys that a node listed, in order. An array of them, as there may be a million, which have to live through the
 * garbage collections of a whole repair.
 */
final class KeyList {
    private static final KeyList EMPTY = new KeyList(new String[0]);

    private final String[] sorted;

    private KeyList(String[] sorted) {
        this.sorted = sorted;
    }

    /** Those of the keys that are wanted, each once. */
    static KeyList of(Collection<String> keys, Predicate<String> wanted) {
        String[] all = keys.toArray(String[]::new);
        Arrays.sort(all);
        int kept = 0;
        for (String key : all) {
            if (wanted.test(key) && (kept == 0 || !key.equals(all[kept - 1]))) {
                all[kept++] = key;
            }
        }
        return new KeyList(Arrays.copyOf(all, kept));
    }

    /** What any of them has. */
    static KeyList union(Collection<KeyList> lists) {
        return lists.stream().reduce(EMPTY, KeyList::and);
    }

    private KeyList and(KeyList other) {
        if (sorted.length == 0 || other.sorted.length == 0) {
            return sorted.length == 0 ? other : this;
        }
        String[] both = new String[sorted.length + other.sorted.length];
        int here = 0;
        int there = 0;
        int count = 0;
        while (here < sorted.length || there < other.sorted.length) {
            int order = here == sorted.length
                    ? 1
                    : there == other.sorted.length ? -1 : sorted[here].compareTo(other.sorted[there]);
            both[count++] = order <= 0 ? sorted[here] : other.sorted[there];
            here += order <= 0 ? 1 : 0;
            there += order >= 0 ? 1 : 0;
        }
        return new KeyList(Arrays.copyOf(both, count));
    }

    boolean has(String key) {
        return Arrays.binarySearch(sorted, key) >= 0;
    }

    List<String> keys() {
        return Arrays.asList(sorted);
    }
}
