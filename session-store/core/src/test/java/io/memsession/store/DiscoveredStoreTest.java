package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stores whose nodes are real memcacheds that are told by an address. */
@Tag("servers")
class DiscoveredStoreTest {
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Handover.Pace QUICK =
            new Handover.Pace(Duration.ofMillis(200), Duration.ofMillis(100), Duration.ofMillis(800));

    private final MemcachedServer vip = MemcachedServer.started();
    private final List<MemcachedServer> servers = new ArrayList<>();
    private final List<SessionStore> stores = new ArrayList<>();
    private final AtomicInteger version = new AtomicInteger();

    @AfterEach
    void stop() {
        stores.forEach(SessionStore::close);
        servers.forEach(MemcachedServer::close);
        vip.close();
    }

    private MemcachedServer server() {
        MemcachedServer server = MemcachedServer.started();
        servers.add(server);
        return server;
    }

    private SessionStore store() {
        StoreConfig config = StoreConfig.of(Membership.parse("nodes", "discover:127.0.0.1:" + vip.port()), "app")
                .withOperationTimeout(TIMEOUT);
        SessionStore store = SessionStore.open(
                config,
                new SpyNodes(Protocol.BINARY, TIMEOUT, 1_000_000, InstantSource.system()),
                new KryoAttributeCodec(getClass().getClassLoader()),
                StoreEvents.NONE,
                QUICK);
        stores.add(store);
        return store;
    }

    private void tell(MemcachedServer... nodes) {
        vip.put(
                NodeListQuestion.KEY,
                Stream.of(nodes)
                        .map(node -> "127.0.0.1||" + node.port())
                        .collect(Collectors.joining(" ", version.incrementAndGet() + "\n", "\n")));
    }

    private static void awaitComplete(SessionStore store, int nodes) {
        await().atMost(BOUND)
                .until(() ->
                        store.nodes().size() == nodes && store.nodes().stream().allMatch(NodeStatus::complete));
    }

    private static void awaitCompleteAt(SessionStore store, MemcachedServer server) {
        await().atMost(BOUND)
                .until(() -> store.nodes().stream()
                        .anyMatch(node -> node.complete() && node.address().endsWith(":" + server.port())));
    }

    private static void fill(SessionStore store) {
        for (SessionId id : ids()) {
            LiveSession session = store.create(id, Duration.ofMinutes(30));
            session.attribute("name", "value of " + id.plain());
            assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
        }
    }

    private static void assertFull(SessionStore store) {
        for (SessionId id : ids()) {
            assertThat(store.load(id).orElseThrow().attribute("name")).isEqualTo("value of " + id.plain());
        }
    }

    private static List<SessionId> ids() {
        return IntStream.range(0, 30)
                .mapToObj(i -> SessionId.routed("SESSION" + i * 7919).orElseThrow())
                .toList();
    }

    @Test
    void findsTheNodesAndKeepsEachSessionInBoth() {
        tell(server(), server());
        SessionStore store = store();
        fill(store);

        servers.get(0).kill();
        awaitUp(store, 1);
        assertFull(store);
    }

    private static void awaitUp(SessionStore store, int nodes) {
        await().atMost(BOUND)
                .until(() -> store.nodes().stream().filter(NodeStatus::up).count() == nodes);
    }

    @Test
    void startsWithoutAnAnswerAndIsUnavailableUntilThereIsOne() {
        vip.kill();
        SessionStore store = store();
        assertThat(store.nodes()).isEmpty();
        assertThatThrownBy(() -> store.load(ids().get(0))).isInstanceOf(StoreUnavailableException.class);
        LiveSession session = store.create(store.place(ids().get(0)), Duration.ofMinutes(1));
        assertThatThrownBy(() -> store.save(session)).isInstanceOf(StoreUnavailableException.class);

        vip.start(); // empty
        tell(server(), server());

        awaitUp(store, 2);
        assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
        assertThat(store.load(session.id())).isPresent();
    }

    @Test
    void followsNodesThatJoinAndLeaveUntilAllAreOthers() {
        tell(server(), server());
        SessionStore one = store();
        SessionStore other = store();
        awaitComplete(one, 2);
        fill(one);

        tell(servers.get(0), servers.get(1), server());
        awaitComplete(one, 3);
        awaitComplete(other, 3);
        assertFull(other);

        tell(servers.get(2), server());
        awaitComplete(one, 2);
        awaitComplete(other, 2);
        await().atMost(BOUND)
                .untilAsserted(() -> assertThat(one.nodes().stream().map(NodeStatus::address))
                        .containsExactlyInAnyOrder(
                                "127.0.0.1:" + servers.get(2).port(),
                                "127.0.0.1:" + servers.get(3).port()));
        servers.get(0).kill();
        servers.get(1).kill();
        assertFull(one);
        assertFull(other);

        servers.get(3).restart();
        await().atMost(BOUND).until(() -> servers.get(3).stat("curr_items") > ids().size());
        awaitComplete(one, 2);
        awaitComplete(other, 2);
        servers.get(2).kill();
        awaitUp(one, 1);
        assertFull(one);
    }

    @Test
    void anEmptyMasterChangesNothing() {
        tell(server(), server());
        SessionStore store = store();
        fill(store);

        vip.restart();
        servers.get(0).restart(); // which has the list asked for again

        awaitComplete(store, 2);
        assertFull(store);
        servers.get(1)
                .put(
                        NodeListQuestion.KEY,
                        version.incrementAndGet() + " 127.0.0.1||"
                                + servers.get(1).port());
        awaitComplete(store, 1);
        assertFull(store);
    }

    @Test
    void aNodeGoesAndANewOneTakesItsPlaceUnderLoad() throws InterruptedException {
        tell(server(), server());
        SessionStore one = store();
        SessionStore other = store();
        awaitComplete(one, 2);
        awaitComplete(other, 2);
        fill(one);
        AtomicInteger last = new AtomicInteger();
        AtomicBoolean stopped = new AtomicBoolean();
        List<String> wrong = new ArrayList<>();
        Thread load = new Thread(() -> {
            SessionId id = ids().get(0);
            for (int i = 1; !stopped.get(); i++) {
                SessionStore writer = i % 2 == 0 ? one : other;
                try {
                    LiveSession session = writer.load(id).orElseThrow();
                    if (i > 1 && !session.attribute("count").equals(last.get())) {
                        wrong.add(session.attribute("count") + " instead of " + last.get());
                    }
                    session.attribute("count", i);
                    writer.save(session);
                    last.set(i);
                } catch (RuntimeException e) {
                    wrong.add(String.valueOf(e));
                }
            }
        });
        load.start();

        tell(servers.get(0), server());
        awaitCompleteAt(one, servers.get(2));
        awaitCompleteAt(other, servers.get(2));
        servers.get(1).kill();
        await().atMost(BOUND).until(advancedBy(last, 100));
        stopped.set(true);
        load.join();

        assertThat(wrong).isEmpty();
    }

    private static Callable<Boolean> advancedBy(AtomicInteger counter, int more) {
        int from = counter.get();
        return () -> counter.get() > from + more;
    }
}
