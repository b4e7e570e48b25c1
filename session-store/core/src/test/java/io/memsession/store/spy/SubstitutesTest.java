package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.LesserServer;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node over a server that keeps everything for ever and compares nothing. */
class SubstitutesTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LesserServer server = LesserServer.likeTokyoTyrant();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final MemcachedNode node = node();
    private final MemcachedNode other = node();

    /** Another limit makes another connection. */
    private MemcachedNode node() {
        return new SpyNodes(Protocol.BINARY, Duration.ofMillis(700), 1_000_000, () -> now)
                .opaque(new NodeAddress("memcached", "127.0.0.1", server.port()));
    }

    @BeforeEach
    void connect() {
        node.probe().join();
        other.probe().join();
    }

    @AfterEach
    void stop() {
        node.close();
        other.close();
        server.close();
    }

    private static byte[] bytes(int value) {
        return new byte[] {(byte) value};
    }

    private Optional<Integer> read(String key) {
        return node.get(key).join().map(copy -> (int) copy.value()[0]);
    }

    @Test
    void whatIsPastItsTimeIsNotThereAndCanBeAddedAgain() {
        node.add("k", bytes(1), SECOND).join();
        assertThat(node.add("k", bytes(2), SECOND).join()).isEqualTo(Written.OUTDATED);
        CasToken seen = node.get("k").join().orElseThrow().token();

        now = now.plusSeconds(2);

        assertThat(read("k")).isEmpty();
        assertThat(node.add("k", bytes(3), SECOND).join().stored()).isTrue();
        assertThat(read("k")).hasValue(3);
        assertThat(node.compareAndSet("k", seen, bytes(4), SECOND).join().stored())
                .isFalse();
    }

    @Test
    void whatIsPastItsTimeForAWhileIsDeleted() {
        node.set("k", bytes(1), SECOND).join();
        node.set("forever", bytes(1), Duration.ZERO).join();
        node.set("dropped", bytes(1), Duration.ZERO).join();
        node.drop("dropped", node.get("dropped").join().orElseThrow().token()).join();
        now = now.plus(Duration.ofMinutes(2));

        node.set("another", bytes(1), SECOND).join();

        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(server.keys()).containsExactlyInAnyOrder("forever", "another"));
    }

    @Test
    void aCopyThatIsAnotherByNowIsNotReplaced() {
        node.add("k", bytes(1), Duration.ZERO).join();
        Copy seen = node.get("k").join().orElseThrow();
        other.set("k", bytes(2), Duration.ZERO).join();

        assertThat(node.compareAndSet("k", seen.token(), bytes(3), Duration.ZERO)
                        .join())
                .isEqualTo(Written.OUTDATED);
        assertThat(read("k")).hasValue(2);
    }

    @Test
    void theTokenOfWhatWasJustWrittenIsGood() {
        node.add("k", bytes(1), Duration.ZERO).join();
        Written written = node.compareAndSet(
                        "k", node.get("k").join().orElseThrow().token(), bytes(2), Duration.ZERO)
                .join();

        assertThat(written.token()).isNotNull();
        assertThat(node.compareAndSet("k", written.token(), bytes(3), Duration.ZERO)
                        .join()
                        .stored())
                .isTrue();
        assertThat(node.compareAndSet("gone", written.token(), bytes(3), Duration.ZERO)
                        .join())
                .isEqualTo(Written.GONE);
    }

    @Test
    void whatTheServerCannotTellIsNotAskedOf() {
        long connection = node.connection();
        assertThat(node.statistics("").handle((told, error) -> error).join())
                .isInstanceOfSatisfying(
                        NodeFailure.class, failure -> assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.REJECTED));
        assertThat(node.keys("").handle((told, error) -> error).join()).isInstanceOf(NodeFailure.class);
        assertThat(node.connection()).isEqualTo(connection);
    }
}
