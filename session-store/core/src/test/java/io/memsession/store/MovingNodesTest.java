package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runbook "moving to new servers" of {@code docs/operations.md}, step by step on real memcacheds. */
@Tag("servers")
class MovingNodesTest {
    private static final int SESSIONS = 60;

    @AutoClose
    private final MemcachedServer old1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer old2 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer new1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer new2 = MemcachedServer.started();

    private final Map<SessionId, Integer> written = new LinkedHashMap<>();
    private final List<SessionStore> appServers = new ArrayList<>();

    private SessionStore appServer(MemcachedServer... nodes) {
        List<NodeAddress> addresses = new ArrayList<>();
        for (MemcachedServer node : nodes) {
            addresses.add(node.address("n" + (addresses.size() + 1)));
        }
        StoreConfig config = StoreConfig.of(addresses, "shop").withOperationTimeout(Duration.ofSeconds(2));
        SessionStore store = SessionStore.open(
                config,
                new SpyNodes(Protocol.BINARY, config.operationTimeout(), 1_000_000, InstantSource.system()),
                new KryoAttributeCodec(getClass().getClassLoader()),
                new StoreEvents() {});
        appServers.add(store);
        return store;
    }

    private static boolean complete(SessionStore store) {
        return store.nodes().stream().allMatch(NodeStatus::complete);
    }

    /** Some sessions are changed by some app server; the others are left alone. */
    private void use(int from, int step) {
        List<SessionId> ids = List.copyOf(written.keySet());
        for (int i = from; i < ids.size(); i += step) {
            SessionStore store = appServers.get(i % appServers.size());
            LiveSession session = store.load(ids.get(i)).orElseThrow();
            int value = written.get(ids.get(i)) + 1;
            session.attribute("value", value);
            assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
            written.put(ids.get(i), value);
        }
    }

    /** Step 1 and 3: the app servers are restarted with other nodes, one after the other, while sessions are used. */
    private void restartWith(MemcachedServer... nodes) {
        for (int i = 0; i < 2; i++) {
            appServers.remove(0).close();
            appServer(nodes);
            use(i, 3);
        }
    }

    /** Step 2 and 4: the new memcached is restarted, so that a repair brings it everything. */
    private void restartNew(MemcachedServer node) {
        node.restart();
        await().atMost(Duration.ofMinutes(1)).until(() -> node.stat("curr_items") > SESSIONS); // a repair's doing
        await().atMost(Duration.ofMinutes(1)).until(() -> appServers.stream().allMatch(MovingNodesTest::complete));
        use(0, 5);
    }

    @Test
    void noSessionIsLostOnTheWayToTwoNewServers() {
        appServer(old1, old2);
        appServer(old1, old2);
        for (int i = 0; i < SESSIONS; i++) {
            SessionStore store = appServers.get(i % 2);
            SessionId id = SessionId.routed("S" + i + "-n" + (1 + i / 2 % 2)).orElseThrow();
            LiveSession session = store.create(id, Duration.ofHours(1));
            session.attribute("value", 0);
            store.save(session);
            written.put(id, 0);
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> appServers.stream().allMatch(MovingNodesTest::complete));

        restartWith(old1, new2);
        restartNew(new2);
        old2.close();
        restartWith(new1, new2);
        restartNew(new1);
        old1.close();

        new1.kill();
        assertThat(values(appServers.get(0))).as("kept by n2 alone").isEqualTo(List.copyOf(written.values()));
    }

    private List<Integer> values(SessionStore store) {
        return written.keySet().stream()
                .map(id -> store.load(id)
                        .map(session -> (Integer) session.attribute("value"))
                        .orElse(-1))
                .toList();
    }
}
