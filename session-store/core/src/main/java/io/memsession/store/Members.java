package io.memsession.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nodes that keep the records, in the order that decides homes: a session's primary and the node after it.
 *
 * @param nodes the nodes
 * @param list what discovery told of them; null if they are configured, and so stay what they are
 */
record Members(List<WatchedNode> nodes, @Nullable NodeList list) {
    private static final int COPIES = 2;

    /** No node is known yet. */
    static final Members NONE = new Members(List.of(), null);

    Members {
        nodes = List.copyOf(nodes);
    }

    /** What their stamps are called by: a node that is complete among these need not be so among others. */
    String name() {
        return list == null ? "" : list.name();
    }

    long version() {
        return list == null ? 0 : list.version();
    }

    boolean single() {
        return nodes.size() == 1;
    }

    /** The index of the node that the id names; by hash of the name for an id that names none, or one not here. */
    int primary(SessionId id, String name) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().equals(id.node())) {
                return i;
            }
        }
        int hash = name.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), nodes.size());
    }

    /** All nodes, beginning with the session's primary. */
    List<WatchedNode> from(int primary) {
        List<WatchedNode> ring = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            ring.add(nodes.get((primary + i) % nodes.size()));
        }
        return ring;
    }

    /** How many of them keep a copy of a session. */
    int copies() {
        return Math.min(COPIES, nodes.size());
    }
}
