package io.memsession.store.spy;

import io.memsession.store.SecuredServer.Wants;
import org.junit.jupiter.api.Tag;

/** Over TLS, with credentials in the text protocol. */
@Tag("servers")
@Tag("long")
class SpyNodeTlsLoginTest extends SecuredNodeContract {
    SpyNodeTlsLoginTest() {
        super(Protocol.TEXT, true, Wants.TLS, Wants.LOGIN);
    }
}
