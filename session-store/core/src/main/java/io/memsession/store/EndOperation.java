package io.memsession.store;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * One session's end: its tombstone on its way into the homes, and into those of every id that it was renamed to. Each
 * id is visited once, and not without limit: records that name each other as successors were written by nobody's
 * browser.
 */
final class EndOperation {
    private final Pair pair;
    private final Homes homes;
    private final Ended ended;
    private final Set<WatchedNode> leftOut;
    private final Retry retry;

    /** Ends what lies under that id, and what it names; {@code ended} collects the ids and what was there. */
    EndOperation(Pair pair, Homes homes, Ended ended) {
        this.pair = pair;
        this.homes = homes;
        this.ended = ended;
        this.leftOut = Pair.late(homes);
        this.retry = pair.retry();
    }

    CompletableFuture<Void> run() {
        return ended.visit(homes.id()) ? attempt() : CompletableFuture.completedFuture(null);
    }

    private CompletableFuture<Void> attempt() {
        return pair.read(homes, leftOut).thenCompose(this::end);
    }

    private CompletableFuture<Void> end(Loaded loaded) {
        SessionRecord record = loaded.record();
        if (record == null) {
            return CompletableFuture.completedFuture(null);
        }
        if (!record.live()) {
            return pair.endSuccessors(record, ended);
        }
        return pair.write(homes, loaded.held(), record.end()).thenCompose(round -> {
            if (round.mayBeKept()) {
                ended.ended(homes, record);
            }
            leftOut.addAll(round.unanswered());
            return round.complete() ? CompletableFuture.completedFuture(null) : retry.later(this::attempt);
        });
    }
}
