package io.memsession.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * The marks that operations leave of nodes that they went around, and the stamps that a miss has to be confirmed by.
 */
final class Marks {
    private final Bookkeeping keys;
    private final RandomGenerator random;

    Marks(Bookkeeping keys, RandomGenerator random) {
        this.keys = keys;
        this.random = random;
    }

    Bookkeeping keys() {
        return keys;
    }

    RandomGenerator random() {
        return random;
    }

    /**
     * Sets, on the homes that answered, a new mark of each that did not. Each operation does, not only the first: its
     * new number is what makes the clearing fail of a repair that did not see what the operation wrote.
     *
     * @return whether every mark was taken
     */
    CompletableFuture<Boolean> leave(Homes homes, List<WatchedNode> answered) {
        List<CompletableFuture<Written>> marks = new ArrayList<>();
        for (WatchedNode around : homes.nodes()) {
            if (!answered.contains(around)) {
                byte[] nonce = Bookkeeping.nonce(random.nextLong());
                homes.nodes().stream()
                        .filter(answered::contains)
                        .forEach(home -> marks.add(home.set(keys.markKey(around.id()), nonce)));
            }
        }
        return marks.isEmpty()
                ? CompletableFuture.completedFuture(true)
                : WriteRound.settled(marks)
                        .thenApply(all -> marks.stream().noneMatch(CompletableFuture::isCompletedExceptionally));
    }

    /**
     * Whether the node is believed complete among those members and its stamp still says so, on that connection.
     * Completes normally.
     */
    CompletableFuture<Boolean> stampedComplete(Members members, WatchedNode node, long connection) {
        if (!node.complete()) {
            return CompletableFuture.completedFuture(false);
        }
        // in this order: a stamp that came over the connection of the miss tells that the statistics did too
        return node.statistics()
                .thenCombine(
                        node.get(keys.stampKey(members)),
                        (statistics, stamp) -> stamp.isPresent()
                                && stamp.get().token().connection() == connection
                                && Bookkeeping.saysComplete(stamp.get(), statistics))
                .exceptionally(error -> false);
    }

    /**
     * Whether the node was not found complete yet among members that are to come, so that nobody can go by them alone.
     * Completes normally.
     */
    CompletableFuture<Boolean> stillToCome(Members members, WatchedNode node) {
        return node.get(keys.stampKey(members))
                .thenApply(stamp -> stamp.filter(Bookkeeping::saysComplete).isEmpty())
                .exceptionally(error -> false);
    }
}
