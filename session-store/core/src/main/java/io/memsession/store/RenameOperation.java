package io.memsession.store;

import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One session on its way from one id to another: its record is put under the new id, then the old record says where it
 * went. Where somebody changed the old record in between, that change is carried over too.
 */
final class RenameOperation {
    private final Pair pair;
    private final Homes from;
    private final Homes to;
    private final Set<WatchedNode> leftOut;
    private final Retry retry;
    private Loaded there;

    RenameOperation(Pair pair, Homes from, Homes to) {
        this.pair = pair;
        this.from = from;
        this.to = to;
        this.leftOut = Pair.late(from);
        this.retry = pair.renameRetry();
        this.there = new Loaded(null, to.empty());
    }

    /** What is kept under the new id; nothing if the session is over, or somebody else renamed it first. */
    CompletableFuture<Loaded> run() {
        return pair.read(from, leftOut).thenCompose(this::carryOver);
    }

    private CompletableFuture<Loaded> carryOver(Loaded old) {
        SessionRecord record = old.record();
        boolean movedHere = record != null && !record.live() && isFirst(record.successors());
        if (record == null || record.ended() || (!record.live() && !movedHere)) {
            return pair.end(to).thenApply(done -> new Loaded(null, to.empty()));
        }
        return put(record).thenCompose(kept -> {
            if (movedHere || kept.live() == null) {
                return CompletableFuture.completedFuture(kept);
            }
            return pair.write(from, old.held(), record.movedTo(name(to.id()))).thenCompose(round -> {
                leftOut.addAll(round.unanswered());
                return round.complete() ? CompletableFuture.completedFuture(kept) : retry.later(this::run);
            });
        });
    }

    /**
     * Puts the record under the new id, whatever the old one keeps. Nobody but this operation knows the new id: what it
     * finds there is told by the write. Where others overtook it, it is what this operation put there, which need not
     * be read again; so it does not fall behind them for ever.
     */
    CompletableFuture<Loaded> put(SessionRecord record) {
        SessionRecord next = record.underNewId(to.id().node());
        boolean overtaken = record.live() && !next.equals(there.record());
        return mergeInto(overtaken ? there : new Loaded(null, to.empty()), next).thenApply(kept -> {
            there = kept;
            return kept;
        });
    }

    /** Where two renames each reached one home, both are successors then: the session goes on under the first. */
    private boolean isFirst(SortedSet<SessionId> successors) {
        return !successors.isEmpty() && successors.first().equals(name(to.id()));
    }

    private CompletableFuture<Loaded> mergeInto(Loaded known, SessionRecord record) {
        @Nullable SessionRecord before = known.record();
        SessionRecord next = before == null ? record : SessionRecord.merge(before, record);
        if (next.equals(before) || (before != null && before.ended())) {
            return CompletableFuture.completedFuture(known);
        }
        return pair.write(to, Pair.targets(to, known.held(), leftOut), next).thenCompose(round -> {
            leftOut.addAll(round.unanswered());
            return round.complete()
                    ? CompletableFuture.completedFuture(new Loaded(next, round.taken()))
                    : retry.later(() -> pair.read(to, leftOut).thenCompose(again -> mergeInto(again, record)));
        });
    }

    /** The id as a record keeps it: a route says nothing about where the record is. */
    private static SessionId name(SessionId id) {
        return new SessionId(id.plain(), id.node(), null);
    }
}
