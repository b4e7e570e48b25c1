package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
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
        SessionStore store = store();
        List<SessionId> all =
                IntStream.range(10, 50).mapToObj(i -> id("AB" + i)).toList();
        all.forEach(each -> save(store, each, Duration.ofMinutes(30), each.plain()));
        List<SessionId> onSecond = all.stream()
                .filter(each -> second.content().contains("app:" + each.plain()))
                .toList();
        assertThat(onSecond).hasSizeBetween(1, 39);

        second.kill();

        for (int i = 0; i < 3; i++) {
            for (SessionId each : all) {
                if (onSecond.contains(each)) {
                    assertThatThrownBy(() -> store.load(each)).isInstanceOf(StoreUnavailableException.class);
                } else {
                    assertThat(read(store, each)).isEqualTo(each.plain());
                }
            }
        }
        second.start();
        await().atMost(BOUND).ignoreExceptions().until(() -> read(store, onSecond.get(0)) == null);
    }
}
