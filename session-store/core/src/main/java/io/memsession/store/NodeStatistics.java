package io.memsession.store;

import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a node counts of itself, as memcached's {@code protocol.txt} names it. A server that tells nothing has an empty
 * table.
 *
 * @param entries the entries of its general table, by name
 */
record NodeStatistics(Map<String, String> entries) {
    static final NodeStatistics NONE = new NodeStatistics(Map.of());

    /** How many live items it threw out for lack of memory; as text, and empty if it does not tell. */
    String evictions() {
        long[] counted = Stream.of("evictions", "slab_reassign_evictions_nomem")
                .map(this::number)
                .flatMapToLong(OptionalLong::stream)
                .toArray();
        return counted.length == 0 ? "" : String.valueOf(Arrays.stream(counted).sum());
    }

    /** Its clock, in seconds since 1970. */
    OptionalLong time() {
        return number("time");
    }

    /** The number under that name; empty if there is none, or something else. */
    OptionalLong number(String name) {
        String text = entries.getOrDefault(name, "");
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
