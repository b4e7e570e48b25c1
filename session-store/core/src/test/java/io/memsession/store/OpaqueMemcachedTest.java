package io.memsession.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/** A memcached of today at the one address. */
@Tag("servers")
class OpaqueMemcachedTest extends OpaqueAddressContract {
    private final MemcachedServer server = MemcachedServer.started();

    @AfterEach
    void stop() {
        closeStores();
        server.close();
    }

    @Override
    String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"1.", "binary protocol"};
    }
}
