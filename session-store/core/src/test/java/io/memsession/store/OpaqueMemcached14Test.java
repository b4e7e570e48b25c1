package io.memsession.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A memcached without meta commands, that cannot list its keys and speaks text. */
@Tag("long")
class OpaqueMemcached14Test extends OpaqueAddressContract {
    @AutoClose
    private final LesserServer server = LesserServer.likeMemcached14();

    @Override
    String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"1.4.39, text protocol", "cannot list its keys"};
    }
}
