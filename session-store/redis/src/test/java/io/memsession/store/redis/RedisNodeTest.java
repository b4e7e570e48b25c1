package io.memsession.store.redis;

import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedNodeContract;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A {@link RedisNode} over a real Redis does what every node does. */
@Tag("servers")
class RedisNodeTest extends MemcachedNodeContract {
    @AutoClose
    private final RedisServer server = RedisServer.started();

    @Override
    protected MemcachedNode newNode() {
        return new RedisNodes().connector(Duration.ofSeconds(5), 1_000_000).node(server.address("n1"));
    }

    @Override
    protected void restartServer() {
        server.restart();
    }

    /** Redis minds milliseconds: of what is let pass for memcached, which minds seconds, half is enough. */
    @Override
    protected void letPass(Duration time) {
        long end = System.nanoTime() + time.dividedBy(2).toNanos();
        await().until(() -> System.nanoTime() >= end);
    }
}
