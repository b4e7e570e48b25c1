package io.memsession.store;

import java.util.Map;
import java.util.OptionalLong;

/**
 * What a node counts of itself, as memcached's {@code protocol.txt} names it. A server that tells nothing has an empty
 * table.
 *
 * @param entries the entries of its general table, by name
 */
record NodeStatistics(Map<String, String> entries) {
    static final NodeStatistics NONE = new NodeStatistics(Map.of());

    private static final int MOST_DIGITS = 18;

    /** How many live items it threw out for lack of memory; as text, and empty if it does not tell. */
    String evictions() {
        OptionalLong evicted = number("evictions");
        OptionalLong reassigned = number("slab_reassign_evictions_nomem");
        return evicted.isEmpty() && reassigned.isEmpty()
                ? ""
                : String.valueOf(evicted.orElse(0) + reassigned.orElse(0));
    }

    /** Its clock, in seconds since 1970. */
    OptionalLong time() {
        return number("time");
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
