package io.memsession.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.LiveSession;
import io.memsession.store.NodeStatus;
import io.memsession.store.NodesByAddress;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.StoreUnavailableException;
import io.memsession.store.kryo.KryoAttributeCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the engine makes of a pair of Redis servers that do what no memcached does. */
@Tag("servers")
class RedisPairTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SessionId A = SessionId.routed("AAAA-n1").orElseThrow();
    private static final SessionId B = SessionId.routed("BBBB-n1").orElseThrow();

    @AutoClose
    private final RedisServer first = RedisServer.started();

    @AutoClose
    private final RedisServer second = RedisServer.started();

    @Test
    void theOldStampOfOneThatRestartsWithOldDataIsNotBelievedAndItIsToldWhatItLost() {
        try (SessionStore store = store()) {
            save(store, store.create(A, HALF_AN_HOUR), "old");
            awaitComplete(store);
            assertThat(first.command("SAVE")).startsWith("+OK");
            save(store, store.load(A).orElseThrow(), "new");
            save(store, store.create(B, HALF_AN_HOUR), "new");
        }
        first.restart(); // nobody goes around it meanwhile, so that no mark tells of it
        try (SessionStore later = store()) {
            assertThat(complete(later)).as("nobody has repaired it yet").isFalse();
            second.freeze();
            assertThatThrownBy(() -> later.load(B)).isInstanceOf(StoreUnavailableException.class);
            second.thaw();

            awaitComplete(later);
            second.kill();
            assertThat(read(later, A)).isEqualTo("new");
            assertThat(read(later, B)).isEqualTo("new");
        }
    }

    @Test
    void sessionsCanStillBeReadWhereBothAreFullAndRefuseToKeepMore() {
        try (SessionStore store = store()) {
            save(store, store.create(A, HALF_AN_HOUR), "kept");
            for (RedisServer full : List.of(first, second)) {
                full.command("CONFIG SET maxmemory 1000");
            }
            LiveSession another = store.create(B, HALF_AN_HOUR);
            another.attribute("name", "not kept");

            assertThatThrownBy(() -> store.save(another)).isInstanceOf(StoreUnavailableException.class);
            assertThat(read(store, A)).isEqualTo("kept");
        }
    }

    private SessionStore store() {
        StoreConfig config = StoreConfig.of(List.of(first.address("n1"), second.address("n2")), "app")
                .withOperationTimeout(Duration.ofSeconds(1));
        return SessionStore.open(
                config,
                NodesByAddress.of(config, address -> {
                    throw new AssertionError(address);
                }),
                new KryoAttributeCodec(getClass().getClassLoader()),
                StoreEvents.NONE);
    }

    private static void save(SessionStore store, LiveSession session, String value) {
        session.attribute("name", value);
        assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
    }

    private static Object read(SessionStore store, SessionId id) {
        return store.load(id).orElseThrow().attribute("name");
    }

    private static boolean complete(SessionStore store) {
        return store.nodes().stream().allMatch(NodeStatus::complete);
    }

    private static void awaitComplete(SessionStore store) {
        await().atMost(BOUND).until(() -> complete(store));
    }
}
