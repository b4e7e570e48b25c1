package io.memsession.store;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;

/** A server that keeps everything for ever, compares nothing, and hangs up at what it does not know. */
@Tag("servers")
class OpaqueTokyoTyrantTest extends OpaqueAddressContract {
    @AutoClose
    private final LesserServer server = LesserServer.likeTokyoTyrant();

    @Override
    String address() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"does not say its version, text", "cannot compare and set", "keeps everything for ever"};
    }
}
