package io.memsession.store;

import io.memsession.store.line.LineException;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What asks which nodes there are: the address that knows them, and the nodes themselves, which keep the same list on
 * stock memcached. The newest list counts. Nonsense, silence and an empty server change nothing; nor does an older
 * list, which a server may have that was away, as long as any node of the newer one is there.
 */
final class Discovery {

    /** Whoever knows which nodes there are. */
    @FunctionalInterface
    interface Source {
        /** Its list; empty if it has none. Blocks. */
        Optional<NodeList> ask() throws IOException;
    }

    private final String name;
    private final Source source;
    private final Nodes nodes;
    private final Handover handover;
    private final Executor thread;
    private final StoreEvents events;
    private @Nullable NodeList last; // of the thread
    private boolean missed; // of the thread: the source has not told it since it told nothing
    private volatile @Nullable LineException denied;

    /**
     * What asks.
     *
     * @param name what the source is called in logs
     * @param thread what the source is asked on, one question after the other
     */
    Discovery(String name, Source source, Nodes nodes, Handover handover, Executor thread, StoreEvents events) {
        this.name = name;
        this.source = source;
        this.nodes = nodes;
        this.handover = handover;
        this.thread = thread;
        this.events = events;
    }

    /** Why the source could not be used the last time that it was asked, if somebody has to set something for that. */
    @Nullable
    LineException denied() {
        return denied;
    }

    /** Asks now. Completes, always normally, when what was told is followed. */
    CompletableFuture<Void> look() {
        try {
            return CompletableFuture.supplyAsync(this::askSource, thread)
                    .thenCompose(this::askNodes)
                    .thenComposeAsync(this::judge, thread)
                    .exceptionally(error -> null);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    /** What was told: lists, and why there are no more of them. */
    private record Told(List<NodeList> lists, List<String> refused) {}

    private Told askSource() {
        List<NodeList> lists = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        denied = null;
        try {
            source.ask().ifPresentOrElse(lists::add, () -> refused.add("it has no list"));
        } catch (ProtocolException e) {
            refused.add("its answer is refused: " + e.getMessage());
        } catch (LineException e) {
            denied = e;
            refused.add("it " + e.getMessage());
        } catch (IOException e) {
            refused.add("it does not answer: " + e.getMessage());
        }
        return new Told(lists, refused);
    }

    private CompletableFuture<Told> askNodes(Told told) {
        List<CompletableFuture<Optional<NodeList>>> lists = nodes.all().stream()
                .filter(WatchedNode::up)
                .map(node -> node.get(NodeListQuestion.KEY)
                        .thenApply(copy -> copy.flatMap(NodeList::in))
                        .exceptionally(error -> Optional.empty()))
                .toList();
        return WriteRound.settled(lists).thenApply(all -> {
            lists.forEach(list -> list.join().ifPresent(told.lists()::add));
            return told;
        });
    }

    private CompletableFuture<Void> judge(Told told) {
        told.refused().forEach(why -> events.nodesNotDiscovered(name, why, last != null));
        missed |= !told.refused().isEmpty();
        NodeList newest = NodeList.newest(told.lists().stream()).orElse(null);
        if (newest != null && follows(newest)) {
            last = newest;
            missed = !told.refused().isEmpty();
            say(newest);
            return handover.follow(newest);
        }
        if (missed && told.refused().isEmpty() && told.lists().get(0).equals(last)) {
            missed = false;
            say(told.lists().get(0));
        }
        return CompletableFuture.completedFuture(null);
    }

    private void say(NodeList list) {
        events.nodesDiscovered(
                name,
                list.version(),
                list.nodes().stream().map(NodeAddress::toString).toList());
    }

    private boolean follows(NodeList newest) {
        NodeList known = last;
        if (known == null || newest.version() > known.version()) {
            return true;
        }
        if (newest.version() == known.version() && !newest.nodes().equals(known.nodes())) {
            events.nodesNotDiscovered(
                    name,
                    "it tells other nodes under the same version " + known.version() + "; raise the version",
                    true);
        }
        return newest.version() < known.version() && nodes.all().stream().noneMatch(WatchedNode::up);
    }
}
