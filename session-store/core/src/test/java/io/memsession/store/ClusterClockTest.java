package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterClockTest {
    private static final Bookkeeping KEYS = new Bookkeeping("app");

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final List<WatchedNode> nodes = List.of(node("n1", server1), node("n2", server2));
    private final List<String> told = new ArrayList<>();
    private final ClusterClock first = clock(Duration.ZERO);

    @Test
    void goesByThisMachineWhereNobodyKnowsBetter() {
        first.agree(nodes, KEYS).join();
        assertThat(first.millis()).isEqualTo(time.millis());
        assertThat(told).isEmpty();
    }

    @Test
    void followsTheOthersWhereItIsAheadOrBehind() {
        first.agree(nodes, KEYS).join();
        for (int seconds : new int[] {30, -30, 3_000}) {
            ClusterClock other = clock(Duration.ofSeconds(seconds));
            other.agree(nodes, KEYS).join();
            assertThat(apart(other)).isLessThan(Duration.ofSeconds(1));
        }
        assertThat(told).hasSize(3).allMatch(line -> line.endsWith("true"));
    }

    @Test
    void leavesASmallDifferenceAsItIs() {
        first.agree(nodes, KEYS).join();
        ClusterClock other = clock(Duration.ofMillis(900));
        other.agree(nodes, KEYS).join();
        assertThat(apart(other)).isEqualTo(Duration.ofMillis(900));
    }

    @Test
    void keepsTheAgreementWhenTheNodesRestartOneAfterTheOther() {
        first.agree(nodes, KEYS).join();
        ClusterClock other = clock(Duration.ofSeconds(30));
        other.agree(nodes, KEYS).join();
        for (InMemoryServer server : List.of(server1, server2)) {
            server.restart();
            reconnect();
            other.agree(nodes, KEYS).join();
            first.agree(nodes, KEYS).join();
        }
        assertThat(apart(other)).isLessThan(Duration.ofSeconds(2));
        assertThat(apart(first)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void theFirstNodesWordCountsWhereTheyDisagree() {
        first.agree(nodes, KEYS).join();
        server2.put(KEYS.clockKey(), "1000000".getBytes(US_ASCII));
        first.agree(nodes, KEYS).join();
        assertThat(first.millis()).isEqualTo(time.millis());
        server1.kill();
        time.pass(Duration.ofSeconds(1));
        first.agree(nodes, KEYS).join();
        assertThat(apart(first)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void followsNothingThatIsBeyondBelief() {
        for (String nonsense : new String[] {"99999999999999", "-99999999999999", "999999999999999999", "x", ""}) {
            server1.put(KEYS.clockKey(), nonsense.getBytes(US_ASCII));
            first.agree(nodes, KEYS).join();
            assertThat(first.millis()).isEqualTo(time.millis());
        }
        assertThat(told).hasSize(2).allMatch(line -> line.endsWith("false"));
    }

    private Duration apart(ClusterClock clock) {
        return Duration.ofMillis(clock.millis() - time.millis()).abs();
    }

    private ClusterClock clock(Duration skew) {
        return new ClusterClock(() -> time.instant().plus(skew), new StoreEvents() {
            @Override
            public void clockDiffers(Duration ahead, boolean corrected) {
                told.add(ahead + " " + corrected);
            }
        });
    }

    private WatchedNode node(String id, InMemoryServer server) {
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", id + ":a:1"), "app");
        WatchedNode node = new WatchedNode(new InMemoryNode(id, server), config, time, StoreEvents.NONE);
        node.start().join();
        return node;
    }

    private void reconnect() {
        nodes.forEach(WatchedNode::checkConnection);
        nodes.forEach(node -> {
            var unused = node.get("x");
        });
        time.pass(Duration.ofSeconds(1));
    }
}
