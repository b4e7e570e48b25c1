package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The ids of all sessions, as the nodes list their keys. One list or repair at a time for the whole cluster: two lists
 * of a memcached at once can hold up one of its threads.
 */
final class SessionList {
    private static final Duration LOCKED = Duration.ofSeconds(10);
    private static final Duration RELEASED = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Bookkeeping keys;
    private final RandomGenerator random;

    SessionList(Nodes nodes, Pair pair, RandomGenerator random) {
        this.nodes = nodes;
        this.keys = pair.marks().keys();
        this.random = random;
    }

    /** The plain ids of everything that is kept, tombstones too. */
    CompletableFuture<Set<SessionId>> ids() {
        List<WatchedNode> up = nodes.all().stream().filter(WatchedNode::up).toList();
        if (up.isEmpty()) {
            return CompletableFuture.failedFuture(new StoreUnavailableException("no node is up"));
        }
        WatchedNode first = up.get(0);
        byte[] holder = Bookkeeping.nonce(random.nextLong());
        return first.add(keys.lockKey(), holder, LOCKED).thenCompose(lock -> {
            if (!lock.stored()) {
                throw new StoreUnavailableException("the sessions are being listed, or repaired, already; try again");
            }
            return list(up).whenComplete((ids, error) -> {
                var unused = first.put(keys.lockKey(), Held.after(first, lock), holder, RELEASED);
            });
        });
    }

    private CompletableFuture<Set<SessionId>> list(List<WatchedNode> up) {
        List<CompletableFuture<List<String>>> lists =
                up.stream().map(node -> node.keys(keys.recordPrefix())).toList();
        return CompletableFuture.allOf(lists.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    Set<SessionId> ids = new TreeSet<>();
                    lists.forEach(list -> list.join().stream()
                            .filter(keys::isRecord)
                            .flatMap(key -> SessionId.unrouted(
                                    key.substring(keys.recordPrefix().length()))
                                    .stream())
                            .forEach(ids::add));
                    return ids;
                });
    }
}
