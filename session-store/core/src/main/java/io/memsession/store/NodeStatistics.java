package io.memsession.store;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a node counts of itself, as memcached's {@code protocol.txt} names it. A server that tells nothing has an empty
 * table.
 *
 * @param entries the entries of its general table, by name
 */
record NodeStatistics(Map<String, String> entries) {
    static final NodeStatistics NONE = new NodeStatistics(Map.of());

    private static final String LIFE = "life";
    private static final int MOST_DIGITS = 18;

    /** What an item takes beyond its value, in bytes: memcached's header and the longest key. */
    private static final int ITEM_OVERHEAD = 350;

    /** How many live items it threw out for lack of memory; as text, and empty if it does not tell. */
    String evictions() {
        OptionalLong evicted = evicted();
        return evicted.isEmpty() ? "" : String.valueOf(evicted.getAsLong());
    }

    private OptionalLong evicted() {
        OptionalLong evicted = number("evictions");
        OptionalLong reassigned = number("slab_reassign_evictions_nomem");
        return evicted.isEmpty() && reassigned.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(evicted.orElse(0) + reassigned.orElse(0));
    }

    /** What figures are made of; empty where it does not tell how much memory it uses. */
    Optional<NodeCounters> counters() {
        OptionalLong bytes = number("bytes");
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new NodeCounters(
                        bytes.getAsLong(),
                        number("limit_maxbytes").orElse(0),
                        evicted().orElse(0),
                        number("cmd_get").orElse(0)
                                + number("cmd_set").orElse(0)
                                + number("cmd_touch").orElse(0)));
    }

    /**
     * Which life of a server this is that may come back with old data after a restart, as Redis does from its files;
     * empty for one that comes back empty. No memcached has an entry of that name.
     */
    String life() {
        return entries.getOrDefault(LIFE, "");
    }

    /** Its clock, in seconds since 1970. */
    OptionalLong time() {
        return number("time");
    }

    /** The largest value that fits into the node, in bytes, as its settings tell; empty if they do not. */
    OptionalLong largestValue() {
        OptionalLong item = number("item_size_max");
        return item.isEmpty() ? item : OptionalLong.of(item.getAsLong() - ITEM_OVERHEAD);
    }

    /** The number under that name; empty if there is none, or something else. */
    OptionalLong number(String name) {
        String text = entries.getOrDefault(name, "");
        boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS;
        for (int i = 0; digits && i < text.length(); i++) {
            digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
