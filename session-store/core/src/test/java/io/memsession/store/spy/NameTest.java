package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.line.Line;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A host's name that has several addresses, or others than before. */
class NameTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final MemcachedServer first = MemcachedServer.started();
    private final MemcachedServer second = first.startedBeside("127.0.0.2");
    private final AtomicInteger lookups = new AtomicInteger();
    private volatile List<Integer> addresses = List.of(2, 1);
    private final MemcachedNode node = new SpyNodes(
                    Protocol.BINARY, TIMEOUT, 1_000_000, InstantSource.system(), Line.PLAIN, this::resolve)
            .node(new NodeAddress("n1", "cache.example", first.port()));

    private InetAddress[] resolve(String host) throws UnknownHostException {
        lookups.incrementAndGet();
        if (!host.equals("cache.example") || addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        InetAddress[] all = new InetAddress[addresses.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = InetAddress.getByAddress(
                    host, new byte[] {127, 0, 0, addresses.get(i).byteValue()});
        }
        return all;
    }

    @AfterEach
    void stop() {
        node.close();
        first.close();
        second.close();
    }

    private void assertAt(MemcachedServer server) {
        String key = "k" + System.nanoTime();
        assertThat(node.add(key, new byte[1], Duration.ZERO).join().stored()).isTrue();
        assertThat(server.content()).contains(key);
    }

    @Test
    void allGoToTheSameAddressInWhateverOrderTheyAreTold() {
        node.probe().join();
        assertAt(first);
    }

    @Test
    void theNextAddressIsTriedWhereOneRefuses() {
        first.kill();
        node.probe().join();
        assertAt(second);
    }

    @Test
    void theNextAddressIsTriedWhereOneHangs() {
        first.freeze();
        assertThat(node.probe())
                .as("the addresses share the time that one would have")
                .succeedsWithin(TIMEOUT.multipliedBy(2));
        assertAt(second);
        first.thaw();
    }

    @Test
    void theNameIsLookedUpAtEachConnection() {
        addresses = List.of(1);
        node.probe().join();
        addresses = List.of(2);
        node.disconnect();

        node.probe().join();

        assertAt(second);
    }

    @Test
    void aNameThatNobodyKnowsIsAFailureLikeAnyOther() {
        addresses = List.of();
        assertThat(node.probe().handle((done, error) -> error).join())
                .isInstanceOf(NodeFailure.class)
                .hasMessageContaining("unknown host");
    }

    @Test
    void aNameThatMovesIsFollowedThoughItsOldServerLives() {
        addresses = List.of(1);
        node.probe().join();
        long connection = node.connection();
        addresses = List.of(2);

        await().atMost(BOUND).until(() -> {
            node.checkAddress();
            return node.connection() == 0;
        });

        node.probe().join();
        assertAt(second);
        assertThat(node.connection()).isGreaterThan(connection);
    }

    private static boolean isLookingUp() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("memsession-name-n1"));
    }

    @Test
    void aNameThatIsUnknownForAMomentOrStaysCostsNoConnection() {
        addresses = List.of(1);
        node.probe().join();
        long connection = node.connection();
        for (List<Integer> told : List.of(List.of(2), List.<Integer>of(), List.of(2), List.of(2, 1), List.of(1))) {
            addresses = told;
            int asked = lookups.get();
            node.checkAddress();
            await().atMost(BOUND).until(() -> lookups.get() > asked && !isLookingUp());
        }
        assertThat(node.connection()).isEqualTo(connection);
    }
}
