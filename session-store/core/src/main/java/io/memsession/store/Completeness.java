package io.memsession.store;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * What this app server knows of which nodes are complete. It reads all stamps and marks again and again, so that it
 * learns of failures that only others saw, and has the nodes repaired that are not complete once nobody goes around
 * them any more.
 */
final class Completeness {
    private static final Duration TICK = Duration.ofSeconds(1);

    /**
     * While all is well a poll comes only so many ticks apart. What it could find is then known to the app server that
     * went around a node, which has it repaired, and does not matter to others as long as all homes answer them.
     */
    private static final int TICKS_WHEN_WELL = 10;

    private static final int POLLS_UNTIL_AGREED = 6;

    /**
     * After a repair that was given up or did not last the next waits: a second, then twice as long each time, but
     * never longer than so many; where it did not last because a node evicts, the next will not either, and waits
     * longer.
     */
    private static final int LONGEST_REST = 4;

    private static final int LONGEST_REST_WHEN_EVICTING = 30;

    private final Nodes nodes;
    private final Bookkeeping keys;
    private final Scheduler scheduler;
    private final StoreEvents events;
    private final Repair repair;
    private final ClusterClock clock;
    private Map<String, String> marksSeen = Map.of();
    private int ticksSincePoll;
    private int pollsSinceAgreed;
    private int repairsInARow;
    private long restUntil;
    private boolean evicting;
    private volatile boolean closed;

    Completeness(
            Nodes nodes, Bookkeeping keys, Scheduler scheduler, StoreEvents events, Repair repair, ClusterClock clock) {
        this.nodes = nodes;
        this.keys = keys;
        this.scheduler = scheduler;
        this.events = events;
        this.repair = repair;
        this.clock = clock;
    }

    /**
     * Polls now, and from then on until it is closed. A single node has no peer that could know better: nothing to
     * poll.
     */
    CompletableFuture<Void> start() {
        // the clocks twice: app servers that start at the same time may find none, and each tell its own
        return agreeOnTime()
                .thenCompose(told -> agreeOnTime())
                .thenCompose(agreed -> poll())
                .thenRun(this::scheduleNext);
    }

    private CompletableFuture<Void> agreeOnTime() {
        return nodes.all().size() < 2 ? CompletableFuture.completedFuture(null) : clock.agree(nodes.all(), keys);
    }

    private void scheduleNext() {
        if (!closed) {
            scheduler.after(TICK, this::tick);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // always completes normally
    private void tick() {
        nodes.all().forEach(WatchedNode::checkConnection);
        boolean well = nodes.all().stream().allMatch(WatchedNode::complete);
        if (well && ++ticksSincePoll < TICKS_WHEN_WELL) {
            scheduleNext();
        } else {
            ticksSincePoll = 0;
            poll().thenCompose(polled -> agreeNowAndThen()).thenRun(this::scheduleNext);
        }
    }

    private CompletableFuture<Void> agreeNowAndThen() {
        return ++pollsSinceAgreed % POLLS_UNTIL_AGREED == 0 ? agreeOnTime() : CompletableFuture.completedFuture(null);
    }

    /** Reads all stamps and marks of the members in force once. Completes normally. */
    CompletableFuture<Void> poll() {
        Members members = nodes.inForce();
        return members.nodes().size() < 2
                ? CompletableFuture.completedFuture(null)
                : Poll.of(members, keys).thenCompose(this::judge).exceptionally(error -> null);
    }

    private CompletableFuture<Void> judge(Poll poll) {
        boolean allComplete = true;
        for (WatchedNode node : poll.members().nodes()) {
            poll.counters(node).ifPresent(counters -> events.nodeCounted(node.id(), counters));
            Boolean complete = poll.complete(node);
            allComplete &= Boolean.TRUE.equals(complete);
            if (complete != null && node.health().polled(complete, poll.failuresBefore(node))) {
                events.nodeComplete(node.id(), complete);
                if (poll.evicted(node)) {
                    events.nodeEvicts(node.id(), node.address());
                }
            }
            evicting |= poll.evicted(node);
        }
        Map<String, String> marks = poll.marks();
        boolean quiet = poll.allAnswered() && marks.equals(marksSeen);
        marksSeen = marks;
        if (allComplete) {
            lasts();
            return CompletableFuture.completedFuture(null);
        }
        boolean handsOver = nodes.sets().size() > 1; // which repairs the nodes too, as the members that are to come
        return quiet && !handsOver && rested() && !closed ? repair.run() : CompletableFuture.completedFuture(null);
    }

    /** All is well, and the next repair need not wait; where a node evicts, once it has been well for some time. */
    private void lasts() {
        if (!evicting
                || scheduler.nanoTime() - restUntil
                        > TICK.multipliedBy(TICKS_WHEN_WELL).toNanos()) {
            repairsInARow = 0;
            evicting = false;
        }
    }

    /** Whether it is time for another repair; if so, the one after it waits. */
    private boolean rested() {
        long now = scheduler.nanoTime();
        if (repairsInARow > 0 && now - restUntil < 0) {
            return false;
        }
        int longest = evicting ? LONGEST_REST_WHEN_EVICTING : LONGEST_REST;
        Duration rest = TICK.multipliedBy(Math.min(longest, 1L << Math.min(repairsInARow, 10)));
        repairsInARow++;
        restUntil = now + rest.toNanos();
        return true;
    }

    void close() {
        closed = true;
    }
}
