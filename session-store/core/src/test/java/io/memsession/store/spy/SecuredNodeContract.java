package io.memsession.store.spy;

import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedNodeContract;
import io.memsession.store.SecuredServer;
import io.memsession.store.SecuredServer.Wants;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** A {@link SpyNode} over a real memcached whose line is secured. */
abstract class SecuredNodeContract extends MemcachedNodeContract {
    private final SecuredServer server;
    private final Protocol protocol;
    private final boolean listsKeys;
    private long timeout = 5000;

    SecuredNodeContract(Protocol protocol, boolean listsKeys, Wants first, Wants... more) {
        this.server = SecuredServer.started(first, more);
        this.protocol = protocol;
        this.listsKeys = listsKeys;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    /** Another timeout makes another connection. */
    @Override
    protected MemcachedNode newNode() {
        return new SpyNodes(protocol, Duration.ofMillis(timeout++), 1_000_000, InstantSource.system(), server.line())
                .node(server.process().address("n1"));
    }

    @Override
    protected void restartServer() {
        server.process().restart();
    }

    @Override
    protected boolean listsKeys() {
        return listsKeys;
    }
}
