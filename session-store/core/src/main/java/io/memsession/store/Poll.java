package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What members said at one time of which of them are complete: their stamps, their marks, what they count. */
final class Poll {
    private final Members members;
    private final Bookkeeping keys;
    private final Map<WatchedNode, Own> own = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();

    /** What a node says of itself, and how often it had failed when it was asked. */
    private record Own(
            long failures, CompletableFuture<NodeStatistics> statistics, CompletableFuture<Optional<Copy>> stamp) {

        boolean answered() {
            return !statistics.isCompletedExceptionally() && !stamp.isCompletedExceptionally();
        }

        boolean complete() {
            return stamp.join()
                    .filter(copy -> Bookkeeping.saysComplete(copy, statistics.join()))
                    .isPresent();
        }
    }

    /** What one node knows of another. */
    private record Mark(
            WatchedNode on,
            WatchedNode of,
            CompletableFuture<NodeStatistics> statisticsOfOn,
            CompletableFuture<Optional<Copy>> answer) {

        boolean answered() {
            return !answer.isCompletedExceptionally();
        }

        boolean clear() {
            NodeStatistics on = statisticsOfOn.isCompletedExceptionally() ? NodeStatistics.NONE : statisticsOfOn.join();
            return answer.join()
                    .filter(copy -> Bookkeeping.says(Bookkeeping.clear(on), copy))
                    .isPresent();
        }

        String text() {
            return answer.join()
                    .map(copy -> new String(copy.value(), ISO_8859_1))
                    .orElse("none");
        }
    }

    private Poll(Members members, Bookkeeping keys) {
        this.members = members;
        this.keys = keys;
    }

    /** Asks all of them. Completes normally, when each has answered or failed. */
    static CompletableFuture<Poll> of(Members members, Bookkeeping keys) {
        Poll poll = new Poll(members, keys);
        members.nodes().forEach(poll::ask);
        List<CompletableFuture<?>> answers = new ArrayList<>();
        poll.own.values().forEach(each -> {
            answers.add(each.statistics);
            answers.add(each.stamp);
        });
        poll.marks.forEach(mark -> answers.add(mark.answer));
        return WriteRound.settled(answers).thenApply(all -> poll);
    }

    private void ask(WatchedNode node) {
        Own ofItself = new Own(node.health().failures(), node.statistics(), node.get(keys.stampKey(members)));
        own.put(node, ofItself);
        for (WatchedNode other : members.nodes()) {
            if (other != node) {
                marks.add(new Mark(node, other, ofItself.statistics, node.get(keys.markKey(other.id()))));
            }
        }
    }

    Members members() {
        return members;
    }

    boolean allAnswered() {
        return own.values().stream().allMatch(Own::answered) && marks.stream().allMatch(Mark::answered);
    }

    /** How often the node had failed when it was asked. */
    long failuresBefore(WatchedNode node) {
        return own(node).failures;
    }

    /** Whether its own stamp says that it is complete. */
    boolean stamped(WatchedNode node) {
        return own(node).answered() && own(node).complete();
    }

    /**
     * Whether its stamp and the marks of it say that it is complete; null where this cannot be told, because somebody
     * did not answer.
     */
    @Nullable
    Boolean complete(WatchedNode node) {
        List<Mark> ofIt = marks.stream().filter(mark -> mark.of == node).toList();
        boolean stampAnswered = own(node).answered();
        if ((stampAnswered && !own(node).complete())
                || ofIt.stream().anyMatch(mark -> mark.answered() && !mark.clear())) {
            return false;
        }
        boolean told = stampAnswered && ofIt.stream().allMatch(Mark::answered);
        return told ? true : null;
    }

    /** Whether the node was complete and has thrown out live items since. */
    boolean evicted(WatchedNode node) {
        Own of = own(node);
        return of.answered()
                && of.stamp
                        .join()
                        .filter(copy -> Bookkeeping.saysCompleteBeforeEvictions(copy, of.statistics.join()))
                        .isPresent();
    }

    /** What the node counts of itself; empty where it did not answer, or does not tell. */
    Optional<NodeCounters> counters(WatchedNode node) {
        CompletableFuture<NodeStatistics> told = own(node).statistics;
        return told.isCompletedExceptionally() ? Optional.empty() : told.join().counters();
    }

    /** Every mark as it stands, to be compared with another poll's. */
    Map<String, String> marks() {
        Map<String, String> all = new HashMap<>();
        marks.stream().filter(Mark::answered).forEach(mark -> all.put(mark.on.id() + ' ' + mark.of.id(), mark.text()));
        return all;
    }

    private Own own(WatchedNode node) {
        return Objects.requireNonNull(own.get(node));
    }
}
