package io.memsession.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * All nodes, in the order that decides the homes of a session: its primary and the node after it.
 *
 * <p>Where discovery tells them they change. Then there are several sets of members for a while: the one in force, and
 * those to come. A session's homes are those by all of the sets together, so that app servers that learn of a change
 * sooner or later read and write each other's homes (as in the joint consensus of Ongaro and Ousterhout's Raft). The
 * last set is in force alone as soon as its nodes are complete, see {@link Handover}.
 */
final class Nodes implements AutoCloseable {
    private final String keyPrefix;
    private final boolean sealed;
    private final boolean discovered;
    private final Set<WatchedNode> opened = new LinkedHashSet<>();
    private volatile List<Members> sets;

    Nodes(List<WatchedNode> all, String keyPrefix) {
        this(all, keyPrefix, false);
    }

    /** Nodes that are configured. */
    Nodes(List<WatchedNode> all, String keyPrefix, boolean sealed) {
        this.keyPrefix = keyPrefix;
        this.sealed = sealed;
        this.discovered = false;
        this.sets = List.of(new Members(all, null));
        opened.addAll(all);
    }

    /** Nodes that are still to be discovered. */
    Nodes(String keyPrefix, boolean sealed) {
        this.keyPrefix = keyPrefix;
        this.sealed = sealed;
        this.discovered = true;
        this.sets = List.of();
    }

    /** Those of all sets. */
    List<WatchedNode> all() {
        List<Members> now = sets;
        return now.size() == 1
                ? now.get(0).nodes()
                : now.stream().flatMap(set -> set.nodes().stream()).distinct().toList();
    }

    /** The members in force; none before any are known. */
    Members inForce() {
        List<Members> now = sets;
        return now.isEmpty() ? Members.NONE : now.get(0);
    }

    /** The members that are to be in force. */
    Members target() {
        List<Members> now = sets;
        return now.isEmpty() ? Members.NONE : now.get(now.size() - 1);
    }

    /** The members in force, then those to come, each set later than the one before. */
    List<Members> sets() {
        return sets;
    }

    /** Whether discovery tells the members. */
    boolean discovered() {
        return discovered;
    }

    /** From now on there are these sets. Nodes that are in none of them any more are left to who still asks them. */
    synchronized void become(List<Members> next) {
        next.forEach(set -> opened.addAll(set.nodes()));
        sets = List.copyOf(next);
    }

    /** Lets go of a node for good. */
    synchronized void close(WatchedNode node) {
        opened.remove(node);
        node.close();
    }

    Optional<WatchedNode> node(String id) {
        return all().stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Whether session ids may name a node of that id: where nodes come and go, also one that is not here now. */
    boolean mayBeNamed(String id) {
        return discovered ? NodeList.ID.matcher(id).matches() : node(id).isPresent();
    }

    /**
     * The homes of that session, which in a sealed store has the hash of its plain id in its key. An id that names no
     * node, or one that is not here, has its primary by hash of what the key has, so that a key tells it too.
     */
    Homes homes(SessionId id) {
        return homes(id, sealed ? Seal.hash(id.plain()) : id.plain());
    }

    /** The homes of what has that plain id in its key as it is. */
    Homes plainHomes(SessionId id) {
        return homes(id, id.plain());
    }

    /** The session's homes as they are now, if they have changed since. */
    Homes refreshed(Homes homes) {
        if (homes.sets() == sets) {
            return homes;
        }
        int prefix = keyPrefix.isEmpty() ? 0 : keyPrefix.length() + 1;
        return homes(homes.id(), homes.key().substring(prefix), homes.everywhere());
    }

    private Homes homes(SessionId id, String name) {
        return homes(id, name, false);
    }

    private Homes homes(SessionId id, String name, boolean everywhere) {
        List<Members> now = sets;
        String key = keyPrefix.isEmpty() ? name : keyPrefix + StoreConfig.SEPARATOR + name;
        return now.size() == 1
                ? homesByOneSet(id, name, key, everywhere, now)
                : homesByAllSets(id, name, key, everywhere, now);
    }

    private static Homes homesByOneSet(SessionId id, String name, String key, boolean everywhere, List<Members> now) {
        Members set = now.get(0);
        List<WatchedNode> ring = set.from(set.primary(id, name));
        List<WatchedNode> homes = ring.subList(0, set.copies());
        List<WatchedNode> others = ring.subList(set.copies(), ring.size());
        return new Homes(id, key, homes, others, everywhere, now, List.of(homes));
    }

    private static Homes homesByAllSets(SessionId id, String name, String key, boolean everywhere, List<Members> now) {
        Set<WatchedNode> homes = new LinkedHashSet<>();
        Set<WatchedNode> others = new LinkedHashSet<>();
        List<List<WatchedNode>> bySet = new ArrayList<>(now.size());
        for (Members set : now) {
            List<WatchedNode> ring = set.from(set.primary(id, name));
            bySet.add(ring.subList(0, set.copies()));
            homes.addAll(ring.subList(0, set.copies()));
            others.addAll(ring);
        }
        others.removeAll(homes);
        return new Homes(id, key, List.copyOf(homes), List.copyOf(others), everywhere, now, bySet);
    }

    /** The id with a node that is up as its primary, chosen at random; any node if none is up. */
    SessionId place(SessionId id, RandomGenerator random) {
        List<WatchedNode> members = target().nodes();
        List<WatchedNode> up = members.stream().filter(WatchedNode::up).toList();
        List<WatchedNode> choice = up.isEmpty() ? members : up;
        return choice.isEmpty()
                ? id
                : id.withNode(choice.get(random.nextInt(choice.size())).id());
    }

    /** How the members are; nobody could know better than a single one. */
    List<NodeStatus> statuses() {
        Members members = target();
        boolean inForce = members.equals(inForce());
        return members.nodes().stream()
                .map(node -> new NodeStatus(
                        node.id(),
                        node.address(),
                        node.up(),
                        node.up() && ((members.single() && inForce) || node.complete())))
                .toList();
    }

    /** Why no node is up, if one of them at least is there and only has to be set otherwise. */
    Optional<NodeFailure> denial() {
        List<WatchedNode> all = all();
        return all.stream().anyMatch(WatchedNode::up)
                ? Optional.empty()
                : all.stream().flatMap(node -> node.denial().stream()).findFirst();
    }

    /** Connects to all. Completes, always normally, when each is up or known to be down. */
    CompletableFuture<Void> start() {
        return CompletableFuture.allOf(all().stream().map(WatchedNode::start).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public synchronized void close() {
        opened.forEach(WatchedNode::close);
    }
}
