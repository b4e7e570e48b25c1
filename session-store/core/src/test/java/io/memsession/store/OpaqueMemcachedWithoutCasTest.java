package io.memsession.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A memcached that was told to hand out no CAS ids. */
@Tag("long")
class OpaqueMemcachedWithoutCasTest extends OpaqueAddressContract {
    @AutoClose
    private final MemcachedServer server = MemcachedServer.started("-C");

    @Override
    String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"1.", "text protocol", "cannot compare and set"};
    }
}
