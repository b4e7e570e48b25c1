package io.memsession.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes are down, and since when. Not thread-safe. */
final class Absences {
    private final Map<WatchedNode, Long> since = new HashMap<>();

    /** Looks at these nodes, and forgets others. */
    void note(List<WatchedNode> all, long now) {
        since.keySet().retainAll(new HashSet<>(all));
        for (WatchedNode node : all) {
            if (node.up()) {
                since.remove(node);
            } else {
                since.putIfAbsent(node, now);
            }
        }
    }

    /** Whether each node that is down has been for that long, in nanoseconds. */
    boolean allLongerThan(long nanos, long now) {
        return since.values().stream().allMatch(begin -> now - begin >= nanos);
    }

    /** Those that were down when they were last looked at. */
    Set<WatchedNode> nodes() {
        return Set.copyOf(since.keySet());
    }
}
