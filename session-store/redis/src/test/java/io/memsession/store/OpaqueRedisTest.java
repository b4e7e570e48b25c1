package io.memsession.store;

import io.memsession.store.redis.RedisServer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A Redis of which only the address is known. */
@Tag("long")
class OpaqueRedisTest extends OpaqueAddressContract {
    @AutoClose
    private final RedisServer server = RedisServer.started();

    @Override
    String address() {
        return "redis://127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"Redis 7."};
    }
}
