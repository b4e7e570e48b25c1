package io.memsession.store;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One delta on its way into the homes. Its stamp is renewed while all homes refuse it, and kept from when one of them
 * may have taken it: with a new stamp it could come back over what others wrote and were acknowledged since.
 */
final class SaveOperation {
    /** All homes out of memory: that is not over in a moment. */
    private static final int MOST_ERRORS = 3;

    private final Pair pair;
    private final Delta delta;
    private final boolean creating;
    private final boolean following;
    private final Retry retry;
    private final Set<WatchedNode> leftOut;
    private Homes homes;
    private Loaded base;
    private Stamp stamp;
    private boolean pinned;
    private int errors;
    private int size;

    /** @param following whether the delta goes on where somebody else renamed the session to */
    SaveOperation(Pair pair, Homes homes, @Nullable Loaded base, Delta delta, boolean following) {
        this.pair = pair;
        this.following = following;
        this.homes = homes;
        this.creating = base == null;
        this.base = base == null ? new Loaded(SessionRecord.EMPTY, homes.empty()) : base;
        this.delta = delta;
        this.retry = pair.retry();
        this.leftOut = Pair.late(homes);
        this.stamp = pair.stampAfter(known().newestStamp());
    }

    CompletableFuture<Saved> run() {
        return attempt();
    }

    private SessionRecord known() {
        SessionRecord record = base.record();
        return record == null ? SessionRecord.EMPTY : record;
    }

    private CompletableFuture<Saved> attempt() {
        SessionRecord known = known();
        SessionRecord next =
                SessionRecord.merge(known, delta.at(stamp, creating ? homes.id().node() : null));
        if (pinned && next.equals(known)) {
            return done(SaveOutcome.SAVED, base);
        }
        long now = pair.now();
        if (now > Expiry.deadline(known)) {
            return pair.read(homes, leftOut).thenCompose(this::reconsider);
        }
        next = next.withVersion(known.version() + 1)
                .withoutMarkersBefore(
                        TimeUnit.MILLISECONDS.toMicros(pair.expiry().markersDoneBefore(next, now)));
        byte[] bytes = RecordFormat.write(next);
        size = bytes.length;
        int limit = limit();
        if (bytes.length > limit) {
            pair.events().recordTooLarge(homes.id(), bytes.length, limit);
            return done(SaveOutcome.TOO_LARGE, base);
        }
        return send(next, bytes);
    }

    /** What the settings allow, and every home can keep, in bytes. */
    private int limit() {
        long limit = pair.config().maxRecordSize();
        for (WatchedNode node : homes.nodes()) {
            limit = node.up() ? Math.min(limit, node.largestValue()) : limit;
        }
        return (int) limit;
    }

    private CompletableFuture<Saved> send(SessionRecord next, byte[] bytes) {
        List<Held> targets = Pair.targets(homes, base.held(), leftOut);
        if (targets.isEmpty()) {
            // those left out are all that is up: a read asks them once more, or says that none answers
            return retry.later(() -> pair.read(homes, leftOut).thenCompose(this::reconsider));
        }
        return pair.write(homes, targets, next, bytes).thenCompose(round -> {
            pinned |= round.mayBeKept();
            leftOut.addAll(round.unanswered());
            if (round.complete() && pair.now() <= pair.expiry().decided(known())) {
                return done(SaveOutcome.SAVED, new Loaded(next, round.taken()));
            }
            if (round.failed() && ++errors >= MOST_ERRORS) {
                return pair.unavailable(homes);
            }
            if (round.refused()) {
                pair.events().conflict(homes.id());
            }
            return retry.later(() -> pair.read(homes, leftOut).thenCompose(this::reconsider));
        });
    }

    private CompletableFuture<Saved> reconsider(Loaded read) {
        SessionRecord record = read.record();
        if (record == null) {
            if (!creating) {
                return done(SaveOutcome.OVER, read);
            }
            base = new Loaded(SessionRecord.EMPTY, read.held());
            return attempt();
        }
        if (record.ended()) {
            return pair.endSuccessors(record).thenCompose(done -> done(SaveOutcome.OVER, read));
        }
        if (!record.live()) {
            return follow(record.successors().iterator(), read);
        }
        base = read;
        if (!pinned) {
            stamp = pair.stampAfter(record.newestStamp());
        }
        return attempt();
    }

    /** The session was renamed: what a request changed under the old id goes on under the new one. */
    private CompletableFuture<Saved> follow(Iterator<SessionId> successors, Loaded moved) {
        if (!following || !successors.hasNext()) {
            return done(SaveOutcome.OVER, moved);
        }
        Homes successor = pair.homes(successors.next());
        return retry.now(() -> pair.read(successor, leftOut).thenCompose(read -> {
            if (read.record() == null || read.record().ended()) {
                return follow(successors, moved); // of two renames at once one came to nothing
            }
            homes = successor;
            return reconsider(read);
        }));
    }

    private CompletableFuture<Saved> done(SaveOutcome outcome, Loaded loaded) {
        return CompletableFuture.completedFuture(new Saved(outcome, homes, loaded, size));
    }
}
