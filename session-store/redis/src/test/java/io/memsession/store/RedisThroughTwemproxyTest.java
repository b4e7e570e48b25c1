package io.memsession.store;

import io.memsession.store.redis.RedisServer;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** twemproxy before two Redis servers, with {@code deploy/twemproxy/nutcracker-redis.yml}. */
@Tag("long")
class RedisThroughTwemproxyTest extends OpaqueAddressContract {
    @AutoClose
    private final RedisServer first = RedisServer.started();

    @AutoClose
    private final RedisServer second = RedisServer.started();

    @AutoClose
    private final Proxy proxy = Proxy.twemproxy(
            "nutcracker-redis.yml",
            Map.of("redis1:6379", "127.0.0.1:" + first.port(), "redis2:6379", "127.0.0.1:" + second.port()));

    RedisThroughTwemproxyTest() throws IOException {}

    @Override
    String address() {
        return "redis://" + proxy.address();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"a Redis that does not say its version", "cannot list its keys"};
    }

    @Test
    void aRedisThatIsDownConcernsItsOwnSessionsOnly() {
        concernsItsOwnSessionsOnly(() -> second.command("KEYS app:*"), second::kill, second::start);
    }
}
