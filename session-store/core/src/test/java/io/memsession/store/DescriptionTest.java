package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescriptionTest {
    private static final NodeStatus COMPLETE = new NodeStatus("n1", "host1:11211", true, true);
    private static final NodeStatus INCOMPLETE = new NodeStatus("n1", "host1:11211", true, false);
    private static final NodeStatus DOWN = new NodeStatus("n1", "host1:11211", false, false);

    private final RepairWatch watch = new RepairWatch();

    private String told(NodeStatus node) {
        return Description.node(node, watch.progress()).toString();
    }

    @Test
    void tellsHowANodeIs() {
        assertThat(told(COMPLETE)).isEqualTo("{node=n1, state=complete}");
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=incomplete}");
        assertThat(told(DOWN)).isEqualTo("{node=n1, state=down}");
    }

    @Test
    void tellsHowFarARepairIsUntilItEnds() {
        watch.repairBegun(List.of("n1"));
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=repairing, compared=0, all=0}");
        watch.repairProgress(List.of("n1"), 120, 3000);
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=repairing, compared=120, all=3000}");
        watch.repaired(List.of("n1"), 3000, Duration.ofSeconds(1));
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=incomplete}");
        watch.repairBegun(List.of("n1"));
        watch.repairGivenUp(List.of("n1"), "it restarted");
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=incomplete}");
    }

    @Test
    void tellsOfNoRepairOfAnotherNodeNorOfOneThatIsAway() {
        watch.repairProgress(List.of("n2"), 120, 3000);
        assertThat(told(INCOMPLETE)).isEqualTo("{node=n1, state=incomplete}");
        watch.repairProgress(List.of("n1"), 120, 3000);
        assertThat(told(DOWN)).isEqualTo("{node=n1, state=down}");
    }

    @Test
    void tellsNothingRatherThanThrow() {
        Description failing = new Description(
                () -> {
                    throw new IllegalStateException("no store yet");
                },
                SessionId::unrouted);
        assertThat(failing.apply("id").get("nodes")).isEqualTo(List.of());
    }
}
