package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The list of nodes that is in force, as the nodes themselves keep it: for app servers that start in the middle of a
 * change, are told an old list, or learn last that a new one has come into force.
 */
final class ListInForce {
    private final String key;

    ListInForce(Bookkeeping keys) {
        this.key = keys.membersKey();
    }

    /** The newest list that one of these nodes says is in force. Completes normally. */
    CompletableFuture<Optional<NodeList>> toldBy(Collection<WatchedNode> asked) {
        List<CompletableFuture<Optional<NodeList>>> answers = asked.stream()
                .filter(WatchedNode::up)
                .map(node -> node.get(key)
                        .thenApply(copy -> copy.flatMap(NodeList::in))
                        .exceptionally(error -> Optional.empty()))
                .toList();
        return WriteRound.settled(answers)
                .thenApply(all -> NodeList.newest(answers.stream().flatMap(answer -> answer.join().stream())));
    }

    /** Tells these nodes that the members are in force. A node that does not take it is told again later. */
    void tell(Members members, Collection<WatchedNode> on) {
        byte[] list = Objects.requireNonNull(members.list()).text().getBytes(US_ASCII);
        on.forEach(node -> {
            var unused = node.set(key, list);
        });
    }
}
