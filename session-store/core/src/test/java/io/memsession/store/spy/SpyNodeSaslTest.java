package io.memsession.store.spy;

import io.memsession.store.SecuredServer.Wants;
import org.junit.jupiter.api.Tag;

/** With credentials by SASL. */
@Tag("servers")
@Tag("long")
class SpyNodeSaslTest extends SecuredNodeContract {
    SpyNodeSaslTest() {
        super(Protocol.BINARY, false, Wants.SASL);
    }
}
