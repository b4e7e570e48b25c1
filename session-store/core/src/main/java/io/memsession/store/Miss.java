package io.memsession.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A read that found a session in no home.
 *
 * @param marks what tells which nodes are complete
 * @param homes where the session would be
 * @param held the nodes that answered
 * @param connections the connection that each of them answered on
 */
record Miss(Marks marks, Homes homes, List<Held> held, List<Long> connections) {

    /**
     * A miss means "no such session" if all homes answered: then nobody else could know. From fewer it does only if one
     * of them is complete, by its stamp as it is now, on the connection that the miss came through. While the members
     * change, the homes by each set of them have to agree. Completes normally.
     */
    CompletableFuture<Boolean> meansAbsent() {
        if (homes.answered(held, Set.of())) {
            return CompletableFuture.completedFuture(true);
        }
        List<CompletableFuture<Boolean>> sets = new ArrayList<>();
        for (int set = 0; set < homes.sets().size(); set++) {
            sets.add(countsBySet(set));
        }
        return WriteRound.settled(sets).thenApply(all -> sets.stream().allMatch(CompletableFuture::join));
    }

    /**
     * Whether the miss counts by one set of members. By one that is to come it does also while a home that answered was
     * not yet found complete among them: then no app server goes by that set alone, and the set in force decides.
     */
    private CompletableFuture<Boolean> countsBySet(int set) {
        Members members = homes.sets().get(set);
        List<WatchedNode> own = homes.bySet().get(set);
        List<CompletableFuture<Boolean>> words = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            WatchedNode node = held.get(i).node();
            if (own.contains(node)) {
                words.add(
                        set == 0
                                ? marks.stampedComplete(members, node, connections.get(i))
                                : marks.stillToCome(members, node));
            }
        }
        return words.size() == own.size()
                ? CompletableFuture.completedFuture(true)
                : WriteRound.settled(words).thenApply(all -> words.stream().anyMatch(CompletableFuture::join));
    }

    /** Whether a home that did not answer may do so in a moment. One that was late would be late again. */
    boolean mayBeJudgedSoon() {
        return homes.nodes().stream()
                .filter(node -> held.stream().noneMatch(each -> each.node() == node))
                .anyMatch(node -> !node.late() && node.health().upSoon());
    }
}
