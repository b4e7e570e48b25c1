package io.memsession.spring;

import io.memsession.store.NodeStatus;
import io.memsession.store.SessionStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Predicate;

/** How the nodes are, as gauges. */
final class NodeMeters {
    private NodeMeters() {}

    static void bind(SessionStore store, MeterRegistry registry) {
        for (NodeStatus node : store.nodes()) {
            gauge(store, registry, node.id(), "memsession.node.up", "Whether the node answers", NodeStatus::up);
            gauge(
                    store,
                    registry,
                    node.id(),
                    "memsession.node.complete",
                    "Whether the node is known to keep every session that it should",
                    NodeStatus::complete);
        }
    }

    private static void gauge(
            SessionStore store,
            MeterRegistry registry,
            String id,
            String name,
            String description,
            Predicate<NodeStatus> state) {
        Gauge.builder(name, store, open -> holds(open, id, state) ? 1 : 0)
                .description(description)
                .tag("node", id)
                .register(registry);
    }

    private static boolean holds(SessionStore store, String id, Predicate<NodeStatus> state) {
        return store.nodes().stream().anyMatch(node -> node.id().equals(id) && state.test(node));
    }
}
