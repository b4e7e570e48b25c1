package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One read of a session's record. A round asks all homes that are up; it counts only if all of them answered, otherwise
 * those that failed are left out and the round is done again: a miss from before a failure must not be combined with
 * it. Where all failed although they are up, the cause may be here, a moment in which this app server stood still: they
 * are asked once more.
 */
final class LoadOperation {
    /** What connecting to a node takes that is there. */
    private static final Duration BACK_AGAIN = Duration.ofMillis(50);

    private final Pair pair;
    private final Homes homes;
    private final Retry retry;
    private final Set<WatchedNode> leftOut;
    private Set<WatchedNode> lacking;
    private boolean askedAllAgain;
    private long began;

    /**
     * A read.
     *
     * @param leftOut nodes that are not asked, and to which those are added that do not answer
     * @param lacking nodes that count as asked and as having missed it; only in the first round
     */
    LoadOperation(Pair pair, Homes homes, Set<WatchedNode> leftOut, Set<WatchedNode> lacking) {
        this.pair = pair;
        this.leftOut = leftOut;
        this.lacking = lacking;
        this.homes = homes;
        this.retry = pair.retry();
    }

    CompletableFuture<Loaded> run() {
        began = pair.now();
        return round();
    }

    private CompletableFuture<Loaded> round() {
        List<WatchedNode> asked = toAsk();
        if (!asked.isEmpty()) {
            return ask(asked);
        }
        return askedAllAgain ? pair.unavailable(homes) : askAllAgain();
    }

    /** The homes, and where one is missing the next node; never that one alone. */
    private List<WatchedNode> toAsk() {
        int wanted = homes.nodes().size();
        List<WatchedNode> asked = new ArrayList<>(wanted);
        addAskable(homes.nodes(), wanted, asked);
        if (!asked.isEmpty()) {
            addAskable(homes.others(), homes.everywhere() ? Integer.MAX_VALUE : wanted, asked);
        }
        return asked;
    }

    private void addAskable(List<WatchedNode> nodes, int wanted, List<WatchedNode> asked) {
        for (WatchedNode node : nodes) {
            if (asked.size() < wanted && node.up() && !leftOut.contains(node)) {
                asked.add(node);
            }
        }
    }

    private CompletableFuture<Loaded> ask(List<WatchedNode> asked) {
        Set<WatchedNode> believed = lacking;
        lacking = Set.of();
        List<Long> connections = new ArrayList<>(asked.size());
        List<CompletableFuture<Optional<Copy>>> answers = new ArrayList<>(asked.size());
        for (WatchedNode node : asked) {
            connections.add(node.connection());
            answers.add(
                    believed.contains(node)
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : node.get(homes.key()));
        }
        return WriteRound.settled(answers)
                .thenCompose(all -> !believed.isEmpty() && nobodyHasIt(answers)
                        ? retry.now(this::round)
                        : judge(asked, connections, answers));
    }

    private static boolean nobodyHasIt(List<CompletableFuture<Optional<Copy>>> answers) {
        return answers.stream()
                .allMatch(answer ->
                        !answer.isCompletedExceptionally() && answer.join().isEmpty());
    }

    private CompletableFuture<Loaded> judge(
            List<WatchedNode> asked, List<Long> connections, List<CompletableFuture<Optional<Copy>>> answers) {
        boolean failed = false;
        for (int i = 0; i < asked.size(); i++) {
            failed |= answers.get(i).isCompletedExceptionally() && leftOut.add(asked.get(i));
        }
        if (failed) {
            return retry.now(this::round);
        }
        List<Held> held = new ArrayList<>(asked.size());
        List<Copy> copies = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Copy copy = answers.get(i).join().orElse(null);
            held.add(new Held(asked.get(i), copy == null ? null : copy.token()));
            copies.add(copy);
        }
        return decide(held, copies, connections);
    }

    private CompletableFuture<Loaded> decide(List<Held> held, List<@Nullable Copy> copies, List<Long> connections) {
        if (noneAtHome(held, copies)) {
            return missed(held, connections);
        }
        SessionRecord merged = merged(held, copies);
        if (merged == null) {
            return CompletableFuture.failedFuture(
                    new CorruptRecordException("no home of session " + homes.id() + " keeps a readable record"));
        }
        if (merged.live() && pair.now() > Expiry.deadline(merged)) {
            return pastDeadline(merged, held);
        }
        return bringUpToDate(merged, held, copies);
    }

    /** In a repair, what only a stand-in keeps is brought home. */
    private boolean noneAtHome(List<Held> held, List<@Nullable Copy> copies) {
        for (int i = 0; i < held.size(); i++) {
            if (copies.get(i) != null
                    && (homes.everywhere() || homes.isHome(held.get(i).node()))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable SessionRecord merged(List<Held> held, List<@Nullable Copy> copies) {
        SessionRecord merged = null;
        byte[] read = null;
        for (int i = 0; i < held.size(); i++) {
            Copy copy = copies.get(i);
            if (copy == null || (read != null && Arrays.equals(read, copy.value()))) {
                continue;
            }
            try {
                SessionRecord record = RecordFormat.read(copy.value());
                merged = merged == null ? record : SessionRecord.merge(merged, record);
                read = copy.value();
            } catch (CorruptRecordException e) {
                pair.events().corruptRecord(homes.id(), held.get(i).node().id(), e);
            }
        }
        return merged;
    }

    /** Life is decided once, by a read that began when no renewal could be under way any more. */
    private CompletableFuture<Loaded> pastDeadline(SessionRecord merged, List<Held> held) {
        long decided = pair.expiry().decided(merged);
        if (began <= decided) {
            Duration rest = Duration.ofMillis(Math.max(0, decided + 1 - pair.now()));
            return pair.scheduler().pause(rest).thenCompose(done -> {
                began = pair.now();
                return retry.now(this::round);
            });
        }
        return pair.legacies()
                .keep(homes, merged)
                .thenCompose(kept -> pair.write(homes, held, merged.end()))
                .thenCompose(round -> round.complete()
                        ? CompletableFuture.completedFuture(new Loaded(null, round.taken()))
                        : retry.later(this::round));
    }

    private CompletableFuture<Loaded> bringUpToDate(
            SessionRecord merged, List<Held> held, List<@Nullable Copy> copies) {
        byte[] bytes = allEqual(copies) ? null : bytes(merged, copies);
        List<Held> behind = new ArrayList<>();
        List<Held> current = new ArrayList<>();
        for (int i = 0; i < held.size(); i++) {
            Copy copy = copies.get(i);
            boolean lags = bytes != null && (copy == null || !Arrays.equals(bytes, copy.value()));
            boolean wanted = !homes.everywhere() || homes.isHome(held.get(i).node());
            if (wanted) {
                (lags ? behind : current).add(held.get(i));
            }
        }
        if (bytes == null || behind.isEmpty()) {
            return answer(merged, held);
        }
        return pair.writeBack(homes, behind, merged, bytes).thenCompose(round -> {
            boolean added = behind.stream().anyMatch(this::toCompleteHome);
            if (round.refused() || (added && !round.taken().isEmpty())) {
                // refused: somebody wrote meanwhile; added: a newer copy may have been acknowledged before it vanished
                return retry.later(this::round);
            }
            current.addAll(round.taken());
            return current.stream().noneMatch(each -> homes.isHome(each.node()))
                    ? retry.later(this::round)
                    : answer(merged, current);
        });
    }

    /** Whether a copy is missing where it should be. */
    private boolean toCompleteHome(Held behind) {
        return behind.token() == null && behind.node().complete() && homes.isHome(behind.node());
    }

    /** The record's bytes: those of the copies, where they are all the same. */
    private static byte[] bytes(SessionRecord merged, List<@Nullable Copy> copies) {
        Copy one = null;
        for (Copy copy : copies) {
            if (one != null && copy != null && !Arrays.equals(one.value(), copy.value())) {
                return RecordFormat.write(merged);
            }
            one = copy == null ? one : copy;
        }
        return one == null ? RecordFormat.write(merged) : one.value();
    }

    /** Homes that have not what is answered are marked first, on those that have it. */
    private CompletableFuture<Loaded> answer(SessionRecord merged, List<Held> have) {
        Loaded loaded = new Loaded(merged, have);
        return loaded.heldByAll(homes)
                ? CompletableFuture.completedFuture(loaded)
                : pair.leaveMarks(homes, have.stream().map(Held::node).toList())
                        .thenCompose(
                                left -> left ? CompletableFuture.completedFuture(loaded) : retry.later(this::round));
    }

    private CompletableFuture<Loaded> missed(List<Held> held, List<Long> connections) {
        Miss miss = new Miss(pair.marks(), homes, held, connections);
        return miss.meansAbsent().thenCompose(absent -> {
            if (absent) {
                return CompletableFuture.completedFuture(new Loaded(null, held));
            }
            return !askedAllAgain && miss.mayBeJudgedSoon()
                    ? pair.scheduler().pause(BACK_AGAIN).thenCompose(passed -> askAllAgain())
                    : pair.unavailable(homes);
        });
    }

    private CompletableFuture<Loaded> askAllAgain() {
        askedAllAgain = true;
        leftOut.clear();
        return round();
    }

    private static boolean allEqual(List<@Nullable Copy> copies) {
        Copy first = copies.get(0);
        for (Copy copy : copies) {
            if (first == null || copy == null || !Arrays.equals(first.value(), copy.value())) {
                return false;
            }
        }
        return true;
    }
}
