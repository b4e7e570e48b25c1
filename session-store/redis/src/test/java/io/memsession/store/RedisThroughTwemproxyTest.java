package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.redis.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** twemproxy before two Redis servers, with {@code deploy/twemproxy/nutcracker-redis.yml}. */
@Tag("long")
class RedisThroughTwemproxyTest extends OpaqueAddressContract {
    @AutoClose
    private final RedisServer first = RedisServer.started();

    @AutoClose
    private final RedisServer second = RedisServer.started();

    @AutoClose
    private final Proxy proxy = Proxy.twemproxy(
            "nutcracker-redis.yml",
            Map.of("redis1:6379", "127.0.0.1:" + first.port(), "redis2:6379", "127.0.0.1:" + second.port()));

    RedisThroughTwemproxyTest() throws IOException {}

    @Override
    String address() {
        return "redis://" + proxy.address();
    }

    @Override
    String[] saidAtTheStart() {
        return new String[] {"a Redis that does not say its version", "cannot list its keys"};
    }

    @Test
    void aRedisThatIsDownConcernsItsOwnSessionsOnly() {
        SessionStore store = store();
        List<SessionId> all =
                IntStream.range(10, 50).mapToObj(i -> id("AB" + i)).toList();
        all.forEach(each -> save(store, each, Duration.ofMinutes(30), each.plain()));
        String there = second.command("KEYS app:*");
        List<SessionId> onSecond = all.stream()
                .filter(each -> there.contains("app:" + each.plain()))
                .toList();
        assertThat(onSecond).hasSizeBetween(1, 39);

        second.kill();

        for (SessionId each : all) {
            if (onSecond.contains(each)) {
                assertThatThrownBy(() -> store.load(each)).isInstanceOf(StoreUnavailableException.class);
            } else {
                assertThat(read(store, each)).isEqualTo(each.plain());
            }
        }
        second.start();
        await().atMost(BOUND).ignoreExceptions().until(() -> read(store, onSecond.get(0)) == null);
    }
}
