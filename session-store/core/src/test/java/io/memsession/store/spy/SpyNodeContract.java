package io.memsession.store.spy;

import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedNodeContract;
import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A {@link SpyNode} over a real memcached, by one of the protocols. */
abstract class SpyNodeContract extends MemcachedNodeContract {
    private MemcachedServer server;
    private long timeout = 5000;

    abstract Protocol protocol();

    @BeforeEach
    void startServer() {
        server = MemcachedServer.started();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    /** Another timeout makes another connection. */
    @Override
    protected MemcachedNode newNode() {
        return new SpyNodes(protocol(), Duration.ofMillis(timeout++), 1_000_000, InstantSource.system())
                .node(server.address("n1"));
    }

    @Override
    protected void restartServer() {
        server.restart();
    }
}
