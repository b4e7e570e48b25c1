package io.memsession.store;

import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** twemproxy with {@code deploy/twemproxy/nutcracker.yml}. */
@Tag("servers")
class TwemproxyTest extends OpaqueAddressContract {
    @AutoClose
    private final MemcachedServer first = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer second = MemcachedServer.started();

    @AutoClose
    private final Proxy proxy = Proxy.twemproxy(first, second);

    TwemproxyTest() throws IOException {}

    @Override
    String address() {
        return proxy.address();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"text protocol", "cannot list its keys"};
    }

    @Test
    void aMemcachedThatIsDownConcernsItsOwnSessionsOnly() {
        concernsItsOwnSessionsOnly(second::content, second::kill, second::start);
    }
}
