package io.memsession.store;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What somebody found who asked a node from outside of any application.
 *
 * @param id the node's id
 * @param address where it is
 * @param trouble why nothing more is known; null if it answers
 * @param latency what half of some questions took at most; zero if it does not answer
 * @param counters what it counts of itself, by memcached's names; empty if it does not tell
 * @param settings how it was started, by memcached's names; empty if it does not tell
 * @param storesCas whether it hands out CAS ids
 * @param listsKeys whether it can list its keys, without which nodes are repaired only as sessions are read
 */
public record NodeFinding(
        String id,
        String address,
        @Nullable String trouble,
        Duration latency,
        Map<String, String> counters,
        Map<String, String> settings,
        boolean storesCas,
        boolean listsKeys) {

    static NodeFinding unreachable(String id, String address, String trouble) {
        return new NodeFinding(id, address, trouble, Duration.ZERO, Map.of(), Map.of(), false, false);
    }

    /** What it counts under that name; 0 if it does not tell. */
    public long counter(String name) {
        return new NodeStatistics(counters).number(name).orElse(0);
    }

    /** Whether it is a Redis. */
    public boolean redis() {
        return counters.containsKey("redis_version");
    }

    /** The largest record that it takes, in bytes; empty if it does not tell. */
    public OptionalLong largestRecord() {
        return new NodeStatistics(settings).largestValue();
    }

    /** Whether it answers. */
    public boolean reachable() {
        return trouble == null;
    }
}
