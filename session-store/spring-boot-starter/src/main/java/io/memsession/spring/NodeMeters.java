package io.memsession.spring;

import io.memsession.store.NodeStatus;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** How the nodes are, as gauges; other ones, when discovery tells of other nodes. */
final class NodeMeters implements StoreEvents {
    private final List<Runnable> bound = new ArrayList<>(); // guarded by this

    synchronized void bind(SessionStore store, MeterRegistry registry) {
        List<Meter> gauges = new ArrayList<>();
        Runnable binding = () -> {
            gauges.forEach(registry::remove);
            gauges.clear();
            store.nodes().forEach(node -> addGauges(gauges, store, registry, node.id()));
        };
        bound.add(binding);
        binding.run();
    }

    @Override
    public synchronized void membersChanged(List<String> nodes) {
        bound.forEach(Runnable::run);
    }

    private static void addGauges(List<Meter> gauges, SessionStore store, MeterRegistry registry, String node) {
        gauges.add(gauge(store, registry, node, "memsession.node.up", "Whether the node answers", NodeStatus::up));
        gauges.add(gauge(
                store,
                registry,
                node,
                "memsession.node.complete",
                "Whether the node is known to keep every session that it should",
                NodeStatus::complete));
    }

    private static Meter gauge(
            SessionStore store,
            MeterRegistry registry,
            String id,
            String name,
            String description,
            Predicate<NodeStatus> state) {
        return Gauge.builder(name, store, open -> holds(open, id, state) ? 1 : 0)
                .description(description)
                .tag("node", id)
                .register(registry);
    }

    private static boolean holds(SessionStore store, String id, Predicate<NodeStatus> state) {
        return store.nodes().stream().anyMatch(node -> node.id().equals(id) && state.test(node));
    }
}
