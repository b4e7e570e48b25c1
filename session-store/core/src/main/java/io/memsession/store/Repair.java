package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Brings nodes that are not complete back to complete, by copying both ways whatever differs. Never removes anything,
 * and only ever merges, so that a repair which was cut short, paused, or done by two at once does no harm: what tells
 * that the nodes may be believed again are the last two steps, and those fail if anybody went around a node, or a node
 * restarted, since the first.
 */
final class Repair {
    private static final Duration LOCKED = Duration.ofSeconds(10);
    private static final Duration RELEASED = Duration.ofSeconds(1);
    private static final int AT_ONCE = 32;

    /** So many records a second at most, so that requests find the nodes free. */
    private static final int MOST_A_SECOND = 11_500;

    private final Nodes nodes;
    private final Pair pair;
    private final Bookkeeping keys;
    private final BiConsumer<SessionId, SessionRecord> found;

    /**
     * What is to be repaired.
     *
     * @param members the nodes that are to be complete together
     * @param incomplete those of them that are not
     * @param lost nodes that leave, and do not answer any more: what they kept is taken from the others
     */
    record Task(Members members, List<WatchedNode> incomplete, Set<WatchedNode> lost) {}

    /** A value that was put somewhere, the token that shows whether it is still there, and what is to follow it. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Put(WatchedNode on, String key, CasToken token, byte[] next) {}

    /** What a repair has to find unchanged at its end. */
    private record Begun(List<Put> marks, List<Put> stamps) {}

    /** Ends a repair: something changed or failed, and the next poll begins anew. */
    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1;

        GivenUp(String why) {
            super(why, null, false, false);
        }
    }

    Repair(Nodes nodes, Pair pair) {
        this(nodes, pair, (id, record) -> {});
    }

    /** A repair that also says which live sessions it met. */
    Repair(Nodes nodes, Pair pair, BiConsumer<SessionId, SessionRecord> found) {
        this.found = found;
        this.nodes = nodes;
        this.pair = pair;
        this.keys = pair.marks().keys();
    }

    /**
     * Repairs the members in force that are not complete, unless somebody else does. Completes normally, whatever came
     * of it.
     */
    CompletableFuture<Void> run() {
        Members members = nodes.inForce();
        return run(new Task(
                members,
                members.nodes().stream().filter(node -> !node.complete()).toList(),
                Set.of()));
    }

    /** Does that, unless somebody else repairs. Completes normally, whatever came of it. */
    CompletableFuture<Void> run(Task task) {
        byte[] holder = Bookkeeping.nonce(pair.marks().random().nextLong());
        WatchedNode on = task.members().nodes().get(0);
        return on.add(keys.lockKey(), holder, LOCKED)
                .thenCompose(lock -> lock.stored()
                        ? repair(task).thenCompose(done -> unlock(on, lock, holder))
                        : CompletableFuture.<Void>completedFuture(null))
                .exceptionally(error -> null);
    }

    /** Lets the lock go soon; one whose token is not known goes when its time is up. */
    private CompletableFuture<Void> unlock(WatchedNode on, Written lock, byte[] holder) {
        return on.put(keys.lockKey(), Held.after(on, lock), holder, RELEASED).thenApply(written -> null);
    }

    private CompletableFuture<Void> repair(Task task) {
        long start = pair.scheduler().nanoTime();
        List<String> ids = task.incomplete().stream().map(WatchedNode::id).toList();
        pair.events().repairBegun(ids);
        return begin(task)
                .thenCompose(begun ->
                        copyAll(task, ids).thenCompose(copied -> finish(begun).thenApply(done -> copied)))
                .handle((copied, error) -> {
                    Duration took = Duration.ofNanos(pair.scheduler().nanoTime() - start);
                    if (error == null) {
                        pair.events().repaired(ids, copied, took);
                    } else {
                        pair.events().repairGivenUp(ids, why(error));
                    }
                    return null;
                });
    }

    private static String why(Throwable error) {
        Throwable bare = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return String.valueOf(bare.getMessage());
    }

    /** Marks and stamps the nodes as being repaired. Must come before the keys are listed. */
    private CompletableFuture<Begun> begin(Task task) {
        List<CompletableFuture<Put>> marks = new ArrayList<>();
        List<CompletableFuture<Put>> stamps = new ArrayList<>();
        for (WatchedNode node : task.incomplete()) {
            for (WatchedNode other : task.members().nodes()) {
                if (other != node) {
                    marks.add(mark(other, keys.markKey(node.id())));
                }
            }
        }
        return WriteRound.settled(marks).thenCompose(marked -> {
            String stampKey = keys.stampKey(task.members());
            task.incomplete().forEach(node -> stamps.add(stamp(node, stampKey)));
            return WriteRound.settled(stamps)
                    .thenApply(stamped -> new Begun(
                            marks.stream().map(CompletableFuture::join).toList(),
                            stamps.stream().map(CompletableFuture::join).toList()));
        });
    }

    private CompletableFuture<Put> mark(WatchedNode on, String key) {
        byte[] nonce = Bookkeeping.nonce(pair.marks().random().nextLong());
        return on.statistics()
                .thenCompose(counted -> on.add(key, nonce, Duration.ZERO)
                        .thenCompose(added -> on.get(key))
                        .thenApply(copy -> new Put(
                                on,
                                key,
                                copy.orElseThrow(() -> new GivenUp("a mark vanished"))
                                        .token(),
                                Bookkeeping.clear(counted))));
    }

    /** What it counts comes first: an eviction, or another life, that comes later makes the final stamp unfit. */
    private CompletableFuture<Put> stamp(WatchedNode on, String stampKey) {
        byte[] repairing = Bookkeeping.repairing(pair.marks().random().nextLong());
        return on.statistics()
                .thenCompose(counted -> on.set(stampKey, repairing)
                        .thenCompose(set -> on.get(stampKey))
                        .thenApply(copy -> new Put(
                                on,
                                stampKey,
                                copy.filter(stamp -> Bookkeeping.says(repairing, stamp))
                                        .orElseThrow(() -> new GivenUp("somebody else repairs"))
                                        .token(),
                                Bookkeeping.complete(counted))));
    }

    /** Copies what differs; the number of records that were compared. */
    private CompletableFuture<Long> copyAll(Task task, List<String> ids) {
        Map<WatchedNode, CompletableFuture<List<String>>> lists = new LinkedHashMap<>();
        nodes.all().stream()
                .filter(node -> !task.lost().contains(node))
                .forEach(node -> lists.put(node, node.keys(keys.recordPrefix())));
        return WriteRound.settled(List.copyOf(lists.values())).thenCompose(listed -> {
            Map<WatchedNode, KeyList> kept = new LinkedHashMap<>();
            lists.forEach((node, list) -> kept.put(node, KeyList.of(listed(node, list), keys::isRecord)));
            KeyList all = KeyList.union(kept.values());
            return new Batches(all.keys(), AT_ONCE, MOST_A_SECOND, pair.scheduler())
                    .run(
                            key -> copy(task, key, kept),
                            done -> pair.events()
                                    .repairProgress(ids, done, all.keys().size()));
        });
    }

    private List<String> listed(WatchedNode node, CompletableFuture<List<String>> list) {
        try {
            return list.join();
        } catch (CompletionException e) {
            NodeFailure failure = NodeFailure.of(e, node::toString);
            if (failure.kind() == NodeFailure.Kind.REJECTED) {
                pair.events().keysNotListed(node.id(), String.valueOf(failure.getMessage()));
            }
            throw e;
        }
    }

    /** Brings one record to the same state on all its homes. */
    private CompletableFuture<Void> copy(Task task, String key, Map<WatchedNode, KeyList> kept) {
        SessionId plain =
                SessionId.unrouted(key.substring(keys.recordPrefix().length())).orElse(null);
        if (plain == null) {
            return CompletableFuture.completedFuture(null);
        }
        Set<WatchedNode> lacking = kept.entrySet().stream()
                .filter(each -> !each.getKey().complete() && !each.getValue().has(key))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return homes(key, plain).thenCompose(homes -> copy(task, homes, lacking));
    }

    /** Nodes that did not list the record are not asked for it: what they are then given is only added. */
    private CompletableFuture<Void> copy(Task task, Homes homes, Set<WatchedNode> lacking) {
        return pair.readEverywhere(homes, lacking).handle((loaded, error) -> {
            // a record that nobody can read is missed by nobody
            boolean unreadable = error != null && CorruptRecordException.isCauseOf(error);
            if (!unreadable && (error != null || !homes.answered(loaded.held(), task.lost()))) {
                throw new GivenUp("a node did not answer");
            }
            SessionRecord live = loaded == null ? null : loaded.live();
            if (live != null) {
                found.accept(homes.id(), live);
            }
            return null;
        });
    }

    /** A key does not tell the primary; with two nodes it does not matter, with more the record tells it. */
    private CompletableFuture<Homes> homes(String key, SessionId plain) {
        if (nodes.all().size() <= 2) {
            return CompletableFuture.completedFuture(nodes.plainHomes(plain));
        }
        List<CompletableFuture<Optional<Copy>>> copies =
                nodes.all().stream().map(node -> node.get(key)).toList();
        return WriteRound.settled(copies)
                .thenApply(all -> nodes.plainHomes(plain.withNode(copies.stream()
                        .flatMap(copy -> primary(copy).stream())
                        .findFirst()
                        .orElse(null))));
    }

    private static Optional<String> primary(CompletableFuture<Optional<Copy>> answer) {
        try {
            return answer.join().map(copy -> RecordFormat.read(copy.value()).primary());
        } catch (CompletionException | CorruptRecordException e) {
            return Optional.empty(); // another copy may tell; without any, the read that follows fails too
        }
    }

    /** Says that the nodes are complete, if nothing happened since {@link #begin}. */
    private CompletableFuture<Void> finish(Begun begun) {
        return putAll(begun.marks(), "somebody went around a node")
                .thenCompose(cleared -> putAll(begun.stamps(), "a node restarted"));
    }

    private static CompletableFuture<Void> putAll(List<Put> puts, String otherwise) {
        List<CompletableFuture<Void>> answers = puts.stream()
                .map(put -> put.on
                        .put(put.key, new Held(put.on, put.token), put.next, Duration.ZERO)
                        .thenAccept(written -> {
                            if (!written.stored()) {
                                throw new GivenUp(otherwise);
                            }
                        }))
                .toList();
        return WriteRound.allOrFirstFailure(answers);
    }
}
