package io.memsession.store.spy;

import io.memsession.store.SecuredServer.Wants;
import org.junit.jupiter.api.Tag;

/** Over TLS, with credentials by SASL. */
@Tag("servers")
class SpyNodeTlsSaslTest extends SecuredNodeContract {
    SpyNodeTlsSaslTest() {
        super(Protocol.BINARY, false, Wants.TLS, Wants.SASL);
    }
}
