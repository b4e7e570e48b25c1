package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** One app server of a simulation: the real engine on simulated nodes. */
final class SimulatedAppServer implements Scheduler {
    private final String name;
    private final SimulatedTime time;
    private final Consumer<String> trace;
    private final List<SimulatedNode> links = new ArrayList<>();
    private final Nodes nodes;
    private final Pair pair;
    private final ClusterClock clock;
    private final Completeness completeness;
    private boolean dead;
    private long stalledUntil = Long.MIN_VALUE;

    SimulatedAppServer(
            String name,
            List<SimulatedServer> servers,
            SimulatedTime time,
            Random random,
            Duration skew,
            Consumer<String> trace) {
        this.name = name;
        this.time = time;
        this.trace = trace;
        StringBuilder addresses = new StringBuilder();
        servers.forEach(server ->
                addresses.append(server.id).append(":").append(server.id).append(":1 "));
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", addresses.toString()), "app");
        List<WatchedNode> watched = new ArrayList<>();
        for (SimulatedServer server : servers) {
            SimulatedNode link = new SimulatedNode(server, time, random, this::run);
            links.add(link);
            watched.add(new WatchedNode(link, config, this, new Traced()));
        }
        nodes = new Nodes(watched, "app");
        clock = new ClusterClock(() -> time.instant().plus(skew), new Traced());
        pair = new Pair(nodes, config, clock, this, random, new Traced());
        completeness = new Completeness(nodes, pair.marks().keys(), this, new Traced(), new Repair(nodes, pair), clock);
    }

    CompletableFuture<Void> start() {
        return nodes.start().thenCompose(connected -> completeness.start());
    }

    SimulatedNode link(int index) {
        return links.get(index);
    }

    boolean dead() {
        return dead;
    }

    void kill() {
        dead = true;
    }

    boolean believesAllComplete() {
        return nodes.all().stream().allMatch(WatchedNode::complete);
    }

    Pair pair() {
        return pair;
    }

    ClusterClock clock() {
        return clock;
    }

    String name() {
        return name;
    }

    /** It stands still for that time, as in a long garbage collection: nothing is sent, read or due. */
    void stall(Duration length) {
        stalledUntil = time.nanoTime() + length.toNanos();
    }

    /** Runs the task now; or when it goes on, if it stands still; never, if it is dead. */
    private void run(Runnable task) {
        if (!dead && time.nanoTime() < stalledUntil) {
            time.at(stalledUntil, () -> run(task));
        } else if (!dead) {
            task.run();
        }
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public void after(Duration delay, Runnable task) {
        time.after(delay, () -> run(task));
    }

    /** What the engine reports, in the trace. */
    private final class Traced implements StoreEvents {
        @Override
        public void nodeDown(String node, String address, String why) {
            trace.accept(name + ": " + node + " is down " + why);
        }

        @Override
        public void nodeUp(String node, String address) {
            trace.accept(name + ": " + node + " is up");
        }

        @Override
        public void nodeComplete(String node, boolean complete) {
            trace.accept(name + ": " + node + (complete ? " is complete" : " is not complete"));
        }

        @Override
        public void clockDiffers(Duration ahead, boolean corrected) {
            trace.accept(name + ": clock is ahead by " + ahead);
        }

        @Override
        public void repairBegun(List<String> ids) {
            trace.accept(name + " repairs " + ids);
        }

        @Override
        public void repaired(List<String> ids, long records, Duration took) {
            trace.accept(name + " repaired " + ids + ": " + records + " records");
        }

        @Override
        public void repairGivenUp(List<String> ids, String why) {
            trace.accept(name + " gave up the repair of " + ids + ": " + why);
        }
    }
}
