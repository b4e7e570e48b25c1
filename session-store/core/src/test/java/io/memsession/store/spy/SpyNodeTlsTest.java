package io.memsession.store.spy;

import io.memsession.store.SecuredServer.Wants;
import org.junit.jupiter.api.Tag;

/** Over TLS. */
@Tag("servers")
@Tag("long")
class SpyNodeTlsTest extends SecuredNodeContract {
    SpyNodeTlsTest() {
        super(Protocol.BINARY, true, Wants.TLS);
    }
}
