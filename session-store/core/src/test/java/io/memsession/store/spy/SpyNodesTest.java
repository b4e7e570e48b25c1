package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import net.spy.memcached.compat.log.LoggerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpyNodesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final MemcachedServer server = MemcachedServer.started();
    private final MemcachedNode shop = nodes(Protocol.BINARY, TIMEOUT).node(server.address("n1"));
    private final MemcachedNode blog = nodes(Protocol.BINARY, TIMEOUT).node(server.address("n1"));

    @BeforeEach
    void connect() {
        shop.probe().join();
        blog.probe().join();
        shop.add("k", new byte[1], Duration.ZERO).join();
    }

    @AfterEach
    void stop() {
        shop.close();
        blog.close();
        server.close();
    }

    @Test
    void shareOneConnection() {
        assertThat(connection(shop)).isEqualTo(connection(blog));
        assertThat(threads()).isEqualTo(1);
        assertThat(server.stat("curr_connections"))
                .as("the node's, that of these statistics, and the one that memcached listens with")
                .isLessThanOrEqualTo(3);
    }

    @Test
    void keepTheConnectionUntilTheLastIsClosed() {
        shop.close();
        shop.close();
        assertThat(blog.get("k").join()).isPresent();

        blog.close();

        await().until(() -> threads() == 0);
    }

    @Test
    void connectAnewAfterTheLastWasClosed() {
        long first = connection(shop);
        shop.close();
        blog.close();
        try (MemcachedNode later = nodes(Protocol.BINARY, TIMEOUT).node(server.address("n1"))) {
            later.probe().join();

            assertThat(connection(later)).isGreaterThan(first);
        }
        await().until(() -> threads() == 0);
    }

    @Test
    void failOnlyTheirOwnQuestionsWhenOneIsClosed() {
        server.freeze();
        CompletableFuture<Optional<Copy>> shops = shop.get("k");
        CompletableFuture<Optional<Copy>> blogs = blog.get("k");

        shop.close();

        assertThat(shops).isCompletedExceptionally();
        assertThat(blogs).isNotDone();
        server.thaw();
        assertThat(blogs.join()).isPresent();
    }

    @Test
    void failTheQuestionsOfAllWhenOneDisconnects() {
        server.freeze();
        CompletableFuture<Optional<Copy>> blogs = blog.get("k");

        shop.disconnect();

        assertThat(blogs.handle((copy, thrown) -> thrown).join()).isInstanceOf(NodeFailure.class);
        server.thaw();
    }

    @Test
    void dropNoConnectionThatAnotherMadeSince() {
        long first = connection(shop);
        shop.disconnect();
        blog.probe().join();

        shop.disconnect();

        assertThat(connection(blog)).isGreaterThan(first);
    }

    @Test
    void dropAHungConnectionThatTheyOnlyProbed() {
        SpyNodes impatient = nodes(Protocol.BINARY, Duration.ofMillis(200));
        try (MemcachedNode first = impatient.node(server.address("n1"));
                MemcachedNode second = impatient.node(server.address("n1"))) {
            first.probe().join();
            server.freeze();
            CompletableFuture<Optional<Copy>> open = first.get("k");
            assertThat(second.probe().handle((nothing, thrown) -> thrown).join())
                    .isInstanceOf(NodeFailure.class);

            second.disconnect();

            assertThat(open).isCompletedExceptionally();
            server.thaw();
        }
    }

    @Test
    void shareNothingBetweenProtocolsOrTimeouts() {
        try (MemcachedNode text = nodes(Protocol.TEXT, TIMEOUT).node(server.address("n1"));
                MemcachedNode patient =
                        nodes(Protocol.BINARY, TIMEOUT.plusMillis(1)).node(server.address("n1"))) {
            text.probe().join();
            patient.probe().join();

            assertThat(connection(text)).isNotEqualTo(connection(shop));
            assertThat(connection(patient)).isNotEqualTo(connection(shop));
        }
    }

    @Test
    void keepSpymemcachedQuietWithoutATrace() {
        assertThat(LoggerFactory.getLogger("any")).isInstanceOf(QuietLogger.class);
        assertThat(System.getProperty("net.spy.log.LoggerImpl")).isNull();
    }

    private long threads() {
        return SpyNodeFailureTest.threads(server.port()).size();
    }

    private static long connection(MemcachedNode node) {
        return node.get("k").join().orElseThrow().token().connection();
    }

    private static SpyNodes nodes(Protocol protocol, Duration timeout) {
        return new SpyNodes(protocol, timeout, 1_000_000, InstantSource.system());
    }
}
