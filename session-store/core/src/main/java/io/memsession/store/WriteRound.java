package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One record sent to several homes at once, and what they answered.
 *
 * @param taken what the homes keep that took it
 * @param refused whether a home refused it, because it keeps another copy than the one that was seen
 * @param unknown whether a home may have taken it without the answer having come
 * @param failed whether every home answered that it cannot keep it
 * @param unanswered the homes that gave no answer, or an error for one
 */
record WriteRound(List<Held> taken, boolean refused, boolean unknown, boolean failed, List<WatchedNode> unanswered) {

    /** Nothing was sent. */
    static final WriteRound NOTHING = new WriteRound(List.of(), false, false, false, List.of());

    /** The homes that took it. */
    List<WatchedNode> nodes() {
        return taken.stream().map(Held::node).toList();
    }

    /** The same, where the mark of the homes that did not answer could not be left: to be done again. */
    WriteRound withoutMark() {
        return new WriteRound(taken, true, true, false, unanswered);
    }

    /** The same, where what only stand-ins took does not count as taken. */
    WriteRound countedAt(Homes homes) {
        for (Held held : taken) {
            if (homes.isHome(held.node())) {
                return this;
            }
        }
        return taken.isEmpty() ? this : new WriteRound(List.of(), refused, true, failed, unanswered);
    }

    /** Whether all homes that answered took it, and at least one did. */
    boolean complete() {
        return !refused && !taken.isEmpty();
    }

    /** Whether any home has it, or may have it. */
    boolean mayBeKept() {
        return unknown || !taken.isEmpty();
    }

    /** Sends the bytes to each of the homes, to replace what it is known to hold. Always completes normally. */
    static CompletableFuture<WriteRound> send(String key, List<Held> targets, byte[] bytes, Duration ttl) {
        List<CompletableFuture<Written>> answers = new ArrayList<>(targets.size());
        for (Held target : targets) {
            answers.add(target.node().put(key, target, bytes, ttl));
        }
        return settled(answers).thenApply(all -> judge(targets, answers));
    }

    private static WriteRound judge(List<Held> targets, List<CompletableFuture<Written>> answers) {
        List<Held> taken = new ArrayList<>(targets.size());
        boolean refused = false;
        List<WatchedNode> unanswered = new ArrayList<>();
        int errors = 0;
        for (int i = 0; i < targets.size(); i++) {
            CompletableFuture<Written> answer = answers.get(i);
            if (answer.isCompletedExceptionally()) {
                unanswered.add(targets.get(i).node());
                errors += isError(answer) ? 1 : 0;
            } else if (answer.join().stored()) {
                taken.add(Held.after(targets.get(i).node(), answer.join()));
            } else {
                refused = true;
            }
        }
        return new WriteRound(taken, refused, !unanswered.isEmpty(), errors == targets.size(), List.copyOf(unanswered));
    }

    private static boolean isError(CompletableFuture<Written> answer) {
        try {
            answer.join();
            return false;
        } catch (CompletionException e) {
            return NodeFailure.of(e, () -> "a node").kind() == NodeFailure.Kind.REJECTED;
        }
    }

    /** Completes, always normally, when all of them have. */
    static CompletableFuture<Void> settled(List<? extends CompletableFuture<?>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                .exceptionally(error -> null);
    }

    /** Completes when all of them have, and exceptionally if one of them did. */
    static CompletableFuture<Void> allOrFirstFailure(List<CompletableFuture<Void>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
    }
}
