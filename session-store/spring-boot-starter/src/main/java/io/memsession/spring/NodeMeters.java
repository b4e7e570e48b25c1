package io.memsession.spring;

import io.memsession.store.NodeCounters;
import io.memsession.store.NodeStatus;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How the nodes are, as meters; other ones, when discovery tells of other nodes. */
final class NodeMeters implements StoreEvents {
    private final List<Runnable> bound = new ArrayList<>(); // guarded by this
    private final Map<String, NodeCounters> counted = new ConcurrentHashMap<>();

    synchronized void bind(SessionStore store, MeterRegistry registry) {
        List<Meter> meters = new ArrayList<>();
        Runnable binding = () -> {
            meters.forEach(registry::remove);
            meters.clear();
            store.nodes().forEach(node -> add(meters, store, registry, node.id()));
        };
        bound.add(binding);
        binding.run();
    }

    @Override
    public synchronized void membersChanged(List<String> nodes) {
        bound.forEach(Runnable::run);
    }

    @Override
    public void nodeCounted(String node, NodeCounters counters) {
        counted.put(node, counters);
    }

    private void add(List<Meter> meters, SessionStore store, MeterRegistry registry, String node) {
        // what is counted elsewhere is there before it is counted first
        registry.counter("memsession.node.failures", "node", node);
        registry.counter("memsession.records.corrupt", "node", node);
        meters.add(state(store, node, "memsession.node.up", NodeStatus::up)
                .description("Whether the node answers")
                .register(registry));
        meters.add(state(store, node, "memsession.node.complete", NodeStatus::complete)
                .description("Whether the node is known to keep every session that it should")
                .register(registry));
        meters.add(memory(node, "memsession.node.memory.used", NodeCounters::bytes)
                .description("How much memory the node's items take")
                .register(registry));
        meters.add(memory(node, "memsession.node.memory.max", NodeCounters::limit)
                .description("How much memory the node's items may take")
                .register(registry));
        meters.add(counter(node, "memsession.node.evictions", NodeCounters::evictions)
                .description("How many live items the node threw out to make room")
                .register(registry));
        meters.add(counter(node, "memsession.node.commands", NodeCounters::commands)
                .description("How many commands the node was given, by all who use it")
                .register(registry));
    }

    private static Gauge.Builder<SessionStore> state(
            SessionStore store, String id, String name, Predicate<NodeStatus> state) {
        return Gauge.builder(name, store, open -> holds(open, id, state) ? 1 : 0)
                .tag("node", id);
    }

    private static boolean holds(SessionStore store, String id, Predicate<NodeStatus> state) {
        return store.nodes().stream().anyMatch(node -> node.id().equals(id) && state.test(node));
    }

    private Gauge.Builder<Map<String, NodeCounters>> memory(
            String id, String name, ToDoubleFunction<NodeCounters> figure) {
        return Gauge.builder(name, counted, all -> figure(all, id, Double.NaN, figure))
                .baseUnit("bytes")
                .tag("node", id);
    }

    private FunctionCounter.Builder<Map<String, NodeCounters>> counter(
            String id, String name, ToDoubleFunction<NodeCounters> figure) {
        return FunctionCounter.builder(name, counted, all -> figure(all, id, 0, figure))
                .tag("node", id);
    }

    private static double figure(
            Map<String, NodeCounters> all, String id, double unknown, ToDoubleFunction<NodeCounters> figure) {
        NodeCounters counters = all.get(id);
        return counters == null ? unknown : figure.applyAsDouble(counters);
    }
}
