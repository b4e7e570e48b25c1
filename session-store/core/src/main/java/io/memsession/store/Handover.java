package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way from one set of members to the next, where discovery tells them.
 *
 * <ol>
 *   <li>As soon as a new list is known, a session's homes are those by the old set and by the new one together: all are
 *       read and written. What is absent is still decided by the old set.
 *   <li>After a time in which every app server learns of the list, a repair brings every record to its homes by the new
 *       set, also from nodes that leave, and stamps the nodes as complete among the new members. A node that leaves and
 *       has not answered for that time is left out.
 *   <li>Who finds the new members complete goes by them alone, lets go of the others, and says so on the nodes: an app
 *       server that starts reads there which set the others come from.
 * </ol>
 *
 * <p>A list that comes meanwhile is one more set. Only the last is brought into force.
 */
final class Handover {
    /** Of more lists than these, the oldest that has not come into force is passed over. */
    private static final int MOST_SETS = 4;

    private static final int TICKS_WHEN_WELL = 10;
    private static final Duration RETIRING = Duration.ofSeconds(10);

    private final Nodes nodes;
    private final Function<NodeAddress, WatchedNode> connector;
    private final Bookkeeping keys;
    private final ListInForce listInForce;
    private final Repair repair;
    private final Scheduler scheduler;
    private final StoreEvents events;
    private final Pace pace;

    private final Map<String, WatchedNode> connected = new ConcurrentHashMap<>();
    private final Absences absences = new Absences();
    private volatile @Nullable NodeList wanted;
    private Map<String, String> marksSeen = Map.of();
    private long knownSince;
    private int ticks;
    private boolean underway; // guarded by this
    private volatile boolean closed;

    /**
     * How fast it goes.
     *
     * @param refresh how often discovery is asked
     * @param tick how often the next step is tried
     * @param learned how long it takes at most until every app server knows a list that one of them knows
     */
    record Pace(Duration refresh, Duration tick, Duration learned) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(15));
    }

    Handover(
            Nodes nodes,
            Function<NodeAddress, WatchedNode> connector,
            Bookkeeping keys,
            Repair repair,
            Scheduler scheduler,
            StoreEvents events,
            Pace pace) {
        this.nodes = nodes;
        this.connector = connector;
        this.keys = keys;
        this.listInForce = new ListInForce(keys);
        this.repair = repair;
        this.scheduler = scheduler;
        this.events = events;
        this.pace = pace;
    }

    /**
     * Follows this list from now on, unless the nodes have told a newer one. Completes, always normally, when it was
     * looked at.
     */
    CompletableFuture<Void> follow(NodeList list) {
        NodeList newest = wanted;
        if (newest == null
                || list.version() > newest.version()
                || nodes.all().stream().noneMatch(WatchedNode::up)) {
            wanted = list;
        }
        return step();
    }

    /** Goes on by itself from now on. */
    void start() {
        scheduler.after(pace.tick(), () -> {
            if (!closed) {
                var unused = step().thenRun(this::start);
            }
        });
    }

    /** Stops, and closes nodes that have not come to be members. */
    void close() {
        closed = true;
        connected.values().forEach(nodes::close);
    }

    private CompletableFuture<Void> step() {
        NodeList list = wanted;
        synchronized (this) {
            if (underway || list == null) {
                return CompletableFuture.completedFuture(null);
            }
            underway = true;
        }
        return next(list).handle((done, error) -> {
            synchronized (this) {
                underway = false;
            }
            return null;
        });
    }

    private CompletableFuture<Void> next(NodeList list) {
        if (nodes.sets().isEmpty()) {
            return begin(list);
        }
        if (list.version() == nodes.target().version()) {
            return nodes.sets().size() > 1 ? handOver() : confirm();
        }
        return connected(list).thenAccept(members -> {
            become(add(nodes.sets(), members));
            listInForce.tell(nodes.inForce(), members.nodes());
        });
    }

    private static List<Members> add(List<Members> sets, Members last) {
        List<Members> more = new ArrayList<>(sets);
        if (more.size() == MOST_SETS) {
            more.remove(1);
        }
        more.add(last);
        return more;
    }

    private void become(List<Members> sets) {
        knownSince = scheduler.nanoTime();
        nodes.become(sets);
    }

    /** The nodes on that list, each up or known to be down. */
    private CompletableFuture<Members> connected(NodeList list) {
        List<WatchedNode> members = new ArrayList<>();
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        for (NodeAddress address : list.nodes()) {
            WatchedNode node = connected.get(address.id());
            if (node == null) {
                node = connector.apply(address);
                connected.put(address.id(), node);
                starts.add(node.start());
            }
            members.add(node);
        }
        return WriteRound.allOrFirstFailure(starts).thenApply(done -> new Members(members, list));
    }

    /** The first list that this app server hears of: its nodes tell whether others still come from another one. */
    private CompletableFuture<Void> begin(NodeList list) {
        return connected(list).thenCompose(members -> {
            if (members.nodes().stream().noneMatch(WatchedNode::up)) {
                return CompletableFuture.completedFuture(null); // the next step tries again
            }
            return listInForce.toldBy(members.nodes()).thenCompose(found -> begin(members, found));
        });
    }

    private CompletableFuture<Void> begin(Members told, Optional<NodeList> found) {
        NodeList inForce = found.orElse(told.list());
        if (inForce == null || inForce.version() == told.version()) {
            become(List.of(told));
            tellChanged();
            return CompletableFuture.completedFuture(null);
        }
        boolean newer = inForce.version() > told.version();
        return connected(inForce).thenAccept(others -> {
            become(newer ? List.of(others) : List.of(others, told));
            if (newer) {
                wanted = inForce;
                retire();
            }
            tellChanged();
        });
    }

    private CompletableFuture<Void> handOver() {
        return listInForce.toldBy(nodes.all()).thenCompose(found -> {
            NodeList others = found.orElse(null);
            if (others != null && isAhead(others)) {
                return CompletableFuture.completedFuture(null);
            }
            return due() ? bringIntoForce(nodes.target()) : CompletableFuture.completedFuture(null);
        });
    }

    /** Whether others have brought a later list into force: then it is so here too. */
    private boolean isAhead(NodeList others) {
        List<Members> sets = nodes.sets();
        for (int i = 1; i < sets.size(); i++) {
            if (sets.get(i).version() == others.version()) {
                inForceFrom(i);
                return true;
            }
        }
        if (others.version() > nodes.target().version()) {
            wanted = others;
            return true;
        }
        return false;
    }

    /** Whether every app server knows the list, and of the nodes that leave it is known which are there. */
    private boolean due() {
        long now = scheduler.nanoTime();
        long learned = pace.learned().toNanos();
        absences.note(nodes.all(), now);
        return now - knownSince >= learned && absences.allLongerThan(learned, now);
    }

    private CompletableFuture<Void> bringIntoForce(Members target) {
        return Poll.of(target, keys).thenCompose(poll -> {
            List<WatchedNode> incomplete = target.nodes().stream()
                    .filter(node -> !Boolean.TRUE.equals(poll.complete(node)))
                    .toList();
            if (incomplete.isEmpty()) {
                target.nodes().forEach(node -> node.health().polled(true, poll.failuresBefore(node)));
                inForceFrom(nodes.sets().indexOf(target));
                return CompletableFuture.completedFuture(null);
            }
            boolean quiet = poll.allAnswered() && poll.marks().equals(marksSeen);
            marksSeen = poll.marks();
            return quiet
                    ? repair.run(new Repair.Task(target, incomplete, absences.nodes()))
                    : CompletableFuture.completedFuture(null);
        });
    }

    private void inForceFrom(int set) {
        List<WatchedNode> all = nodes.all();
        nodes.become(nodes.sets().subList(set, nodes.sets().size()));
        listInForce.tell(nodes.inForce(), all); // also those that leave: somebody may be told an old list
        retire();
        tellChanged();
    }

    private void tellChanged() {
        events.membersChanged(
                nodes.target().nodes().stream().map(WatchedNode::id).toList());
    }

    /** Nodes that are in no set any more; who still asks them has a moment to finish. */
    private void retire() {
        Set<WatchedNode> staying = new HashSet<>(nodes.all());
        connected.values().removeIf(node -> {
            if (staying.contains(node)) {
                return false;
            }
            node.retire();
            scheduler.after(RETIRING, () -> nodes.close(node));
            return true;
        });
    }

    /** Now and then, looks whether every member still says which list is in force: one that restarted does not. */
    private CompletableFuture<Void> confirm() {
        Members members = nodes.inForce();
        boolean well = members.single() || members.nodes().stream().allMatch(WatchedNode::complete);
        if (!well || ticks++ % TICKS_WHEN_WELL != 0) {
            return CompletableFuture.completedFuture(null);
        }
        List<WatchedNode> silent = new ArrayList<>();
        List<CompletableFuture<Void>> answers = members.nodes().stream()
                .map(node -> listInForce.toldBy(List.of(node)).thenAccept(found -> {
                    long version = found.map(NodeList::version).orElse(-1L);
                    if (version > members.version()) {
                        wanted = found.orElseThrow();
                    } else if (version < members.version()) {
                        silent.add(node);
                    }
                }))
                .toList();
        return WriteRound.settled(answers).thenRun(() -> listInForce.tell(members, silent));
    }
}
