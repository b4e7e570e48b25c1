package io.memsession.store.redis;

import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeConnector;
import io.memsession.store.RedisProvider;
import java.time.Duration;

/** What adds Redis to the engine: each node has one connection of its own, all share two threads of this JVM. */
public final class RedisNodes implements RedisProvider {

    /** For the engine, which finds it on the class path. */
    public RedisNodes() {}

    @Override
    public NodeConnector connector(Duration operationTimeout, int maxValueSize) {
        WarmUp.once();
        return new NodeConnector() {
            @Override
            public MemcachedNode node(NodeAddress address) {
                return new RedisNode(new Dialer(address, operationTimeout, false), maxValueSize);
            }

            @Override
            public MemcachedNode opaque(NodeAddress address) {
                return new RedisNode(new Dialer(address, operationTimeout, true), maxValueSize);
            }
        };
    }
}
