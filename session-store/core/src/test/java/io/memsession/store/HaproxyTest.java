package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** haproxy with {@code deploy/haproxy/haproxy.cfg}. */
@Tag("servers")
class HaproxyTest extends OpaqueAddressContract {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @AutoClose
    private final MemcachedServer first = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer second = MemcachedServer.started();

    @AutoClose
    private final Proxy proxy = Proxy.haproxy(first, second);

    HaproxyTest() throws IOException {}

    @Override
    String address() {
        return proxy.address();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"1.", "binary protocol"};
    }

    private boolean keeps(SessionStore store, SessionId id) {
        try {
            save(store, id, HALF_AN_HOUR, id.plain());
            return true;
        } catch (StoreUnavailableException e) {
            return false;
        }
    }

    @Test
    void theSecondTakesOverAndTheFirstDoesNotComeBackByItself() {
        SessionStore store = store();
        save(store, id("A1"), HALF_AN_HOUR, "lost with the first");

        first.kill();
        await().atMost(BOUND).until(() -> keeps(store, id("A2")));
        assertThat(second.content()).contains("app:A2");
        first.start();

        SessionStore later = store();
        long connections = first.stat("total_connections");
        await().atMost(BOUND)
                .until(() -> first.stat("total_connections") > connections + 10); // it was checked, and is up
        assertThat(read(store, id("A2"))).isEqualTo("A2");
        assertThat(read(later, id("A2"))).isEqualTo("A2");
        assertThat(read(store(), id("A2"))).isEqualTo("A2");
    }
}
