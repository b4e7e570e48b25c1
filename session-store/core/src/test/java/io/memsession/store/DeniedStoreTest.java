package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.line.Line;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stores whose nodes do not know who asks. */
@Tag("servers")
class DeniedStoreTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @AutoClose
    private final SecuredServer n1 = SecuredServer.started(Wants.SASL);

    @AutoClose
    private final SecuredServer n2 = SecuredServer.started(Wants.SASL);

    private final List<String> denied = new CopyOnWriteArrayList<>();

    private SessionStore open(Membership membership, Line line) {
        StoreConfig config =
                StoreConfig.of(membership, "shop").withOperationTimeout(TIMEOUT).withLine(line);
        return SessionStore.open(
                config,
                new SpyNodes(Protocol.BINARY, TIMEOUT, 1_000_000, InstantSource.system(), line),
                new KryoAttributeCodec(DeniedStoreTest.class.getClassLoader()),
                new StoreEvents() {
                    @Override
                    public void nodeDenied(String node, String address, String why) {
                        denied.add(node + ": " + why);
                    }
                });
    }

    private SessionStore open(Line line) {
        return open(
                Membership.named(
                        List.of(n1.process().address("n1"), n2.process().address("n2"))),
                line);
    }

    @Test
    void wrongCredentialsAreAnErrorAtStart() {
        assertThatThrownBy(() -> open(n1.line("wrong-password")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("node n1 (127.0.0.1:" + n1.process().port() + ") refuses the credentials")
                .hasMessageContaining("correct the-name and the-password")
                .hasMessageNotContaining("wrong-password");
    }

    @Test
    void wrongCredentialsForTheAddressThatKnowsTheNodesAreToo() {
        Membership asked =
                Membership.parse("nodes", "discover:127.0.0.1:" + n1.process().port());
        assertThatThrownBy(() -> open(asked, n1.line("wrong-password")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the address discover:127.0.0.1:")
                .hasMessageContaining("refuses the credentials");
    }

    @Test
    void oneNodeThatTakesThemIsEnoughToStart() {
        n1.password("another");
        try (SessionStore store = open(n2.line())) {
            assertThat(store.nodes()).extracting(NodeStatus::up).containsExactly(false, true);
        }
    }

    @Test
    void whoRefusesThemLaterIsDownAndThatIsToldOnce() {
        try (SessionStore store = open(n1.line())) {
            assertThat(store.nodes()).allMatch(NodeStatus::up);
            n1.password("another");
            n1.process().restart();
            await().until(() -> !denied.isEmpty());
            await().during(Duration.ofSeconds(1)).until(() -> denied.size() == 1);
            assertThat(denied.get(0)).startsWith("n1: node n1").contains("refuses the credentials");

            n1.password(SecuredServer.PASSWORD);
            await().until(() -> store.nodes().stream().allMatch(NodeStatus::up));
        }
    }
}
