package io.memsession.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/** All nodes, in the configured order, which decides the homes of a session: its primary and the node after it. */
final class Nodes implements AutoCloseable {
    private static final int COPIES = 2;

    private final List<WatchedNode> all;
    private final String keyPrefix;
    private final boolean sealed;

    Nodes(List<WatchedNode> all, String keyPrefix) {
        this(all, keyPrefix, false);
    }

    Nodes(List<WatchedNode> all, String keyPrefix, boolean sealed) {
        this.all = List.copyOf(all);
        this.keyPrefix = keyPrefix;
        this.sealed = sealed;
    }

    List<WatchedNode> all() {
        return all;
    }

    Optional<WatchedNode> node(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
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

    private Homes homes(SessionId id, String name) {
        int primary = primary(id, name);
        List<WatchedNode> homes = new ArrayList<>(COPIES);
        List<WatchedNode> others = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            (i < COPIES ? homes : others).add(all.get((primary + i) % all.size()));
        }
        String key = keyPrefix.isEmpty() ? name : keyPrefix + StoreConfig.SEPARATOR + name;
        return new Homes(id, key, homes, others, false);
    }

    private int primary(SessionId id, String name) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).id().equals(id.node())) {
                return i;
            }
        }
        int hash = name.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), all.size());
    }

    /** The id with a node that is up as its primary, chosen at random; any node if none is up. */
    SessionId place(SessionId id, RandomGenerator random) {
        List<WatchedNode> up = all.stream().filter(WatchedNode::up).toList();
        List<WatchedNode> choice = up.isEmpty() ? all : up;
        return id.withNode(choice.get(random.nextInt(choice.size())).id());
    }

    /** How they are; nobody could know better than a single one. */
    List<NodeStatus> statuses() {
        boolean single = all.size() == 1;
        return all.stream()
                .map(node ->
                        new NodeStatus(node.id(), node.address(), node.up(), node.up() && (single || node.complete())))
                .toList();
    }

    /** Connects to all. Completes, always normally, when each is up or known to be down. */
    CompletableFuture<Void> start() {
        return CompletableFuture.allOf(all.stream().map(WatchedNode::start).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void close() {
        all.forEach(WatchedNode::close);
    }
}
