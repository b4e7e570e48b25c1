package io.memsession.store;

import io.memsession.store.line.LineException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The nodes of a store that discovers them, kept up to date: by a timer, and whenever a node goes or comes back. */
final class DiscoveredNodes implements StoreEvents, AutoCloseable {
    private final ExecutorService thread = ListenerThread.executor("memsession-discovery");
    private final AtomicBoolean looksSoon = new AtomicBoolean();
    private final Discovery discovery;
    private final Handover handover;
    private final Scheduler scheduler;
    private final Handover.Pace pace;
    private volatile boolean closed;

    /**
     * Nodes that are not known yet.
     *
     * @param connector what makes nodes of addresses
     */
    DiscoveredNodes(
            StoreConfig config,
            Nodes nodes,
            NodeConnector connector,
            Repair repair,
            Scheduler scheduler,
            StoreEvents events,
            Handover.Pace pace) {
        this.scheduler = scheduler;
        this.pace = pace;
        Bookkeeping keys = new Bookkeeping(config.keyPrefix());
        NodeAddress source = config.membership().addresses().get(0);
        NodeListQuestion question = new NodeListQuestion(HostResolver.SYSTEM, config.operationTimeout(), config.line());
        StoreEvents told = StoreEvents.all(List.of(events, this));
        handover = new Handover(
                nodes,
                address -> new WatchedNode(connector.node(address), config, scheduler, told),
                keys,
                repair,
                scheduler,
                events,
                pace);
        discovery = new Discovery(source.hostAndPort(), () -> question.ask(source), nodes, handover, thread, events);
    }

    /** Why the address that knows the nodes cannot be used as it is set; null if it can, or was not reached. */
    @Nullable
    LineException denied() {
        return discovery.denied();
    }

    /** Asks for the first time, and from then on. Completes when the nodes are known, or known not to be told. */
    CompletableFuture<Void> start() {
        return discovery.look().thenRun(() -> {
            handover.start();
            lookLater();
        });
    }

    private void lookLater() {
        scheduler.after(pace.refresh(), () -> {
            if (!closed) {
                var unused = discovery.look().thenRun(this::lookLater);
            }
        });
    }

    @Override
    public void nodeUp(String node, String address) {
        lookSoon();
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        lookSoon();
    }

    private void lookSoon() {
        if (!closed && looksSoon.compareAndSet(false, true)) {
            var unused = discovery.look().thenRun(() -> looksSoon.set(false));
        }
    }

    @Override
    public void close() {
        closed = true;
        handover.close();
        thread.shutdown();
    }
}
