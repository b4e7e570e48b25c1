package io.memsession.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A memcached of today at the one address. */
@Tag("servers")
class OpaqueMemcachedTest extends OpaqueAddressContract {
    @AutoClose
    private final MemcachedServer server = MemcachedServer.started();

    @Override
    String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"1.", "binary protocol"};
    }
}
