package io.memsession.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where one session's record is kept. While a home is down the next node stands in for it: it is written to and read in
 * addition, so that two nodes keep the session, but counts for nothing where a home has to answer.
 *
 * @param id the session's id
 * @param key the key it has on each of its homes
 * @param nodes its homes, the primary first
 * @param others all other nodes, in the order in which they stand in
 * @param everywhere whether all other nodes are read too
 * @param sets the sets of members that this follows from
 * @param bySet its homes by each of these sets alone
 */
record Homes(
        SessionId id,
        String key,
        List<WatchedNode> nodes,
        List<WatchedNode> others,
        boolean everywhere,
        List<Members> sets,
        List<List<WatchedNode>> bySet) {

    /** What is known of the homes of a session that was never saved: no node keeps a copy. */
    List<Held> empty() {
        List<Held> empty = new ArrayList<>(nodes.size() + others.size());
        nodes.forEach(node -> empty.add(new Held(node, null)));
        others.forEach(node -> empty.add(new Held(node, null)));
        return empty;
    }

    /** The same, read from all nodes: for a repair, which brings home what stand-ins keep. */
    Homes readEverywhere() {
        return new Homes(id, key, nodes, others, true, sets, bySet);
    }

    /** Whether all homes are among those, or among what is left out of account. */
    boolean answered(List<Held> held, Set<WatchedNode> lost) {
        for (WatchedNode home : nodes) {
            if (!lost.contains(home) && !isIn(held, home)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(List<Held> held, WatchedNode home) {
        for (Held each : held) {
            if (each.node() == home) {
                return true;
            }
        }
        return false;
    }

    /** Whether the plain id stands in the key as it is, and not its hash. */
    boolean keyTellsId() {
        return key.endsWith(id.plain());
    }

    boolean isHome(WatchedNode node) {
        return nodes.contains(node);
    }
}
