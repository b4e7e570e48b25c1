package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;

/** What makes a node of whatever kind its address tells. */
public final class NodesByAddress implements NodeConnector {
    private static final String MISSING = "needs what speaks to Redis, which is not there: put"
            + " memsession-tomcat-redis-<version>.jar into tomcat/lib beside the other jar, or add the dependency"
            + " io.memsession:memsession-redis to the application";

    private final NodeConnector memcacheds;
    private final NodeConnector redises;

    private NodesByAddress(NodeConnector memcacheds, NodeConnector redises) {
        this.memcacheds = memcacheds;
        this.redises = redises;
    }

    /**
     * What makes the nodes of that configuration.
     *
     * @param memcacheds makes those that are memcacheds
     * @throws ConfigException if one of them is a Redis, and nothing is there that speaks to it
     */
    public static NodeConnector of(StoreConfig config, NodeConnector memcacheds) {
        return of(config.membership().addresses(), memcacheds, config.operationTimeout(), config.maxRecordSize());
    }

    /**
     * What makes nodes of these addresses.
     *
     * @param memcacheds makes those that are memcacheds
     * @param operationTimeout how long connecting to another may take
     * @param maxValueSize the largest value that is sent to another, in bytes
     * @throws ConfigException if one of them is a Redis, and nothing is there that speaks to it
     */
    public static NodeConnector of(
            List<NodeAddress> addresses, NodeConnector memcacheds, Duration operationTimeout, int maxValueSize) {
        return addresses.stream()
                .filter(address -> address.redis() != null)
                .findFirst()
                .<NodeConnector>map(address ->
                        new NodesByAddress(memcacheds, provider(address).connector(operationTimeout, maxValueSize)))
                .orElse(memcacheds);
    }

    private static RedisProvider provider(NodeAddress address) {
        return ServiceLoader.load(RedisProvider.class, NodesByAddress.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new ConfigException("the node " + address + " " + MISSING));
    }

    @Override
    public MemcachedNode node(NodeAddress address) {
        return connector(address).node(address);
    }

    @Override
    public MemcachedNode opaque(NodeAddress address) {
        return connector(address).opaque(address);
    }

    private NodeConnector connector(NodeAddress address) {
        return address.redis() == null ? memcacheds : redises;
    }
}
