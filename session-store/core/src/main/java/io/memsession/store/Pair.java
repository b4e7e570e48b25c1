package io.memsession.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Records in their homes. A session's record is kept by two nodes that know nothing of each other; what makes them one
 * store is that everybody reads both and writes both, by these rules:
 *
 * <ul>
 *   <li><b>Read</b>: ask both at once and merge what they know. If a home lags behind that, it is written there before
 *       the answer is given, so that what one request saw no later one can miss (the write-back of Attiya, Bar-Noy and
 *       Dolev, "Sharing Memory Robustly in Message-Passing Systems", JACM 1995).
 *   <li><b>Write</b>: compare-and-set on both at once. Refused: read again, put the delta on top of what is there,
 *       write again. Once a home may have taken it, a delta keeps its stamp: it then is either in the record or was
 *       overtaken.
 *   <li><b>End</b>: a tombstone, written in the same way. Nothing is ever deleted.
 *   <li><b>Failure</b>: a home that does not answer is left out; the other's word is enough.
 * </ul>
 *
 * <p>Every future completes: with a value, or with a {@link StoreUnavailableException} or
 * {@link CorruptRecordException}.
 */
final class Pair {
    private final Nodes nodes;
    private final StoreConfig config;
    private final @Nullable PlainRecords plain;
    private final Expiry expiry;
    private final Marks marks;
    private final Legacies legacies;
    private final Stamps stamps;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final StoreEvents events;

    Pair(
            Nodes nodes,
            StoreConfig config,
            InstantSource clock,
            Scheduler scheduler,
            RandomGenerator random,
            StoreEvents events) {
        this.nodes = nodes;
        this.config = config.forSealedRecords();
        this.plain = config.sealing() != null && config.sealing().readsPlain() ? new PlainRecords(nodes, this) : null;
        this.expiry = new Expiry(config.operationTimeout(), config.accessPrecision());
        this.marks = new Marks(new Bookkeeping(config.keyPrefix()), random);
        this.legacies = new Legacies(marks.keys());
        this.stamps = new Stamps(clock, random.nextLong());
        this.clock = clock;
        this.scheduler = scheduler;
        this.random = random;
        this.events = events;
    }

    /** What is kept for that session, in whatever state. */
    CompletableFuture<Loaded> read(Homes homes) {
        return read(homes, new HashSet<>());
    }

    /** The same without those nodes, to which are added that do not answer; from all if no other is left. */
    CompletableFuture<Loaded> read(Homes homes, Set<WatchedNode> leftOut) {
        return new LoadOperation(this, homes, leftOut, Set.of()).run();
    }

    /**
     * Homes that an operation does not wait for, as somebody has just waited for them in vain: a request that comes
     * upon a hung node waits when it reads, but not at each of its writes again. Reads ask all nodes, and find out
     * whether it is down.
     */
    static Set<WatchedNode> late(Homes homes) {
        Set<WatchedNode> late = new HashSet<>();
        for (WatchedNode node : homes.nodes()) {
            if (node.late()) {
                late.add(node);
            }
        }
        return late.size() == homes.nodes().size() ? new HashSet<>() : late;
    }

    /**
     * Where a record is written: all homes that are up, also one of whose copy nothing is known, which will refuse and
     * so be read; and the next node where a home is missing.
     */
    static List<Held> targets(Homes homes, List<Held> known, Set<WatchedNode> leftOut) {
        List<Held> targets = new ArrayList<>();
        for (WatchedNode node : homes.nodes()) {
            if (node.up() && !leftOut.contains(node)) {
                targets.add(Held.in(known, node));
            }
        }
        if (!targets.isEmpty() && targets.size() < homes.nodes().size()) {
            homes.others().stream()
                    .filter(node -> node.up() && !leftOut.contains(node))
                    .limit(homes.nodes().size() - targets.size())
                    .forEach(standIn -> targets.add(Held.in(known, standIn)));
        }
        return targets;
    }

    /** The same, also from nodes that only stood in; those are believed to lack it, and asked only if they do not. */
    CompletableFuture<Loaded> readEverywhere(Homes homes, Set<WatchedNode> lacking) {
        return new LoadOperation(this, homes.readEverywhere(), new HashSet<>(), lacking).run();
    }

    /**
     * The session as a request asks for it: live or not there, and its access noted before the answer if that is
     * overdue.
     */
    CompletableFuture<Loaded> load(Homes homes) {
        return plain == null ? loadHere(homes) : plain.load(homes);
    }

    /** The same, without a look at what was kept before sealing was turned on. */
    CompletableFuture<Loaded> loadHere(Homes homes) {
        return lookHere(homes).thenCompose(loaded -> {
            SessionRecord record = loaded.live();
            if (record == null) {
                return CompletableFuture.completedFuture(loaded);
            }
            return Expiry.accessOverdue(record, now())
                    ? save(homes, loaded, Delta.access(now()))
                            .thenApply(saved -> saved.outcome() == SaveOutcome.OVER
                                    ? new Loaded(null, loaded.held())
                                    : saved.loaded())
                    : CompletableFuture.completedFuture(loaded);
        });
    }

    /** The session as somebody asks for it who is no visitor: its access is not noted. */
    CompletableFuture<Loaded> look(Homes homes) {
        return plain == null ? lookHere(homes) : plain.load(homes);
    }

    private CompletableFuture<Loaded> lookHere(Homes homes) {
        return read(homes).thenCompose(loaded -> {
            SessionRecord record = loaded.record();
            return record != null && record.ended()
                    ? endSuccessors(record).thenApply(done -> loaded)
                    : CompletableFuture.completedFuture(loaded);
        });
    }

    /** Keeps a change; {@code base} is what it was based on, null for a new session. */
    CompletableFuture<Saved> save(Homes homes, @Nullable Loaded base, Delta delta) {
        return new SaveOperation(this, nodes.refreshed(homes), base, delta, true).run();
    }

    /** Keeps a change as {@link #save}, but only under this id: where somebody else renamed the session, it is over. */
    CompletableFuture<Saved> saveUnderThisId(Homes homes, @Nullable Loaded base, Delta delta) {
        return new SaveOperation(this, nodes.refreshed(homes), base, delta, false).run();
    }

    /** Notes an access if nobody was faster; does not insist. */
    CompletableFuture<WriteRound> noteAccess(Homes homes, Loaded base, long lastAccess) {
        SessionRecord record = base.live();
        if (record == null || lastAccess > Expiry.deadline(record)) {
            return CompletableFuture.completedFuture(WriteRound.NOTHING);
        }
        SessionRecord next =
                SessionRecord.merge(record, Delta.access(lastAccess).at(Stamp.NEVER, record.primary()));
        return write(nodes.refreshed(homes), base.held(), next.withVersion(record.version() + 1));
    }

    /** Ends the session and all that it was renamed to. */
    CompletableFuture<Void> end(Homes homes) {
        return ending(homes).thenApply(ended -> null);
    }

    /** The same, and tells what it ended. */
    CompletableFuture<Ended> ending(Homes homes) {
        Ended ended = new Ended();
        return (plain == null ? endHere(homes, ended) : plain.end(homes, ended)).thenApply(done -> ended);
    }

    /** The same, without what was kept before sealing was turned on. */
    CompletableFuture<Void> endHere(Homes homes) {
        return endHere(homes, new Ended());
    }

    CompletableFuture<Void> endHere(Homes homes, Ended ended) {
        return new EndOperation(this, homes, ended).run();
    }

    /** Ends what the session was renamed to. */
    CompletableFuture<Void> endSuccessors(SessionRecord record) {
        return endSuccessors(record, new Ended());
    }

    /** The same, but for the ids that were visited already. */
    CompletableFuture<Void> endSuccessors(SessionRecord record, Ended ended) {
        return WriteRound.allOrFirstFailure(record.successors().stream()
                .map(successor -> new EndOperation(this, homes(successor), ended).run())
                .toList());
    }

    /** Lets the session go on under another id; empty-handed if it is over. */
    CompletableFuture<Loaded> rename(Homes from, Homes to) {
        return new RenameOperation(this, nodes.refreshed(from), nodes.refreshed(to)).run();
    }

    /** Sends a record to those homes that are up, and leaves a mark of those that did not take it. */
    CompletableFuture<WriteRound> write(Homes homes, List<Held> held, SessionRecord record) {
        return write(homes, held, record, RecordFormat.write(record));
    }

    CompletableFuture<WriteRound> write(Homes homes, List<Held> held, SessionRecord record, byte[] bytes) {
        return writeBack(homes, held, record, bytes)
                .thenCompose(round -> round.complete()
                        ? marks.leave(homes, round.nodes()).thenApply(left -> left ? round : round.withoutMark())
                        : CompletableFuture.completedFuture(round));
    }

    /** Leaves a mark of each home that is not among those; whether the mark was taken. */
    CompletableFuture<Boolean> leaveMarks(Homes homes, List<WatchedNode> answered) {
        return marks.leave(homes, answered);
    }

    Marks marks() {
        return marks;
    }

    Legacies legacies() {
        return legacies;
    }

    /** Sends a record to those of the targets that are up. */
    CompletableFuture<WriteRound> writeBack(Homes homes, List<Held> targets, SessionRecord record, byte[] bytes) {
        List<Held> up = new ArrayList<>(targets);
        up.removeIf(target -> !target.node().up());
        return WriteRound.send(homes.key(), up, bytes, ttl(record)).thenApply(round -> round.countedAt(homes));
    }

    Homes homes(SessionId id) {
        return nodes.homes(id);
    }

    Duration ttl(SessionRecord record) {
        return expiry.ttl(record, now());
    }

    Expiry expiry() {
        return expiry;
    }

    StoreEvents events() {
        return events;
    }

    StoreConfig config() {
        return config;
    }

    Stamp stampAfter(Stamp seen) {
        return stamps.after(seen);
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Retry retry() {
        return Retry.of(scheduler, random);
    }

    /** The patience of one rename. */
    Retry renameRetry() {
        return Retry.ofRename(scheduler, random);
    }

    /** Milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    <T> CompletableFuture<T> unavailable(Homes homes) {
        if (homes.nodes().isEmpty()) {
            return CompletableFuture.failedFuture(new StoreUnavailableException(
                    "session " + homes.id() + " is unavailable: discovery has told of no node yet"));
        }
        StringBuilder message = new StringBuilder("session " + homes.id() + " is unavailable:");
        for (WatchedNode node : homes.nodes()) {
            message.append(' ')
                    .append(node)
                    .append(node.up() ? " did not answer" : " is down")
                    .append(';');
        }
        message.setLength(message.length() - 1);
        return CompletableFuture.failedFuture(new StoreUnavailableException(message.toString()));
    }
}
