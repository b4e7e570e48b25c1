package io.memsession.spring;

import io.memsession.store.NodeStatus;
import io.memsession.store.SessionStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether sessions can be kept: up as long as one node is, as the pair exists to lose the other; {@code degraded} while
 * a node is down, and each node's {@code complete} says whether it is known to keep all it should. Asks nobody.
 */
final class MemsessionHealthIndicator implements HealthIndicator {
    private final SessionStore store;

    MemsessionHealthIndicator(SessionStore store) {
        this.store = store;
    }

    @Override
    public Health health() {
        List<NodeStatus> nodes = store.nodes();
        Map<String, Object> details = new LinkedHashMap<>();
        nodes.forEach(node -> details.put(node.id(), details(node)));
        long up = nodes.stream().filter(NodeStatus::up).count();
        return (up == 0 ? Health.down() : Health.up())
                .withDetail("degraded", up < nodes.size())
                .withDetail("nodes", details)
                .build();
    }

    private static Map<String, Object> details(NodeStatus node) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("address", node.address());
        details.put("state", node.up() ? "up" : "down");
        if (node.up()) {
            details.put("complete", node.complete());
        }
        return details;
    }
}
