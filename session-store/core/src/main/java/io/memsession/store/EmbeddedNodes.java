package io.memsession.store;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Nodes inside this JVM, for development: records pass through the same engine and codec as with memcached, and are
 * gone when the JVM ends. All stores of this JVM that name the same address share one.
 */
public final class EmbeddedNodes implements NodeConnector {
    private static final Map<String, EmbeddedNode.Items> SHARED = new ConcurrentHashMap<>();

    private final InstantSource clock;

    /** What makes nodes whose items expire by that clock. */
    public EmbeddedNodes(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public MemcachedNode node(NodeAddress address) {
        return new EmbeddedNode(
                address, SHARED.computeIfAbsent(address.hostAndPort(), any -> new EmbeddedNode.Items()), clock);
    }
}
