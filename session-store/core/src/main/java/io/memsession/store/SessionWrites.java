package io.memsession.store;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a store does to the sessions at work in its app server: keeps them, lets them go on under another id, ends them.
 */
final class SessionWrites {
    private final Pair pair;
    private final Nodes nodes;
    private final SessionIndexes indexes;
    private final BackgroundWrites background;
    private final StoreEvents events;
    private final Scheduler scheduler;
    private final HeldSessions held;
    private final SessionReads reads;

    SessionWrites(
            Pair pair,
            Nodes nodes,
            SessionReads reads,
            SessionIndexes indexes,
            BackgroundWrites background,
            HeldSessions held) {
        this.pair = pair;
        this.nodes = nodes;
        this.indexes = indexes;
        this.background = background;
        this.events = pair.events();
        this.scheduler = pair.scheduler();
        this.held = held;
        this.reads = reads;
    }

    /** As {@link SessionStore#save}. */
    SaveOutcome save(LiveSession session) {
        return save(session, false);
    }

    /** As {@link SessionStore#saveHeld}. */
    SaveOutcome saveHeld(LiveSession session) {
        session.saving().lock();
        try {
            SaveOutcome outcome = save(session, true);
            if (outcome == SaveOutcome.OVER && held.refill(session, session.homes())) {
                SaveOutcome again = save(session, true);
                return again == SaveOutcome.UNCHANGED ? SaveOutcome.SAVED : again;
            }
            return outcome;
        } finally {
            session.saving().unlock();
        }
    }

    private SaveOutcome save(LiveSession session, boolean heldHere) {
        session.saving().lock();
        try {
            Pending pending = session.pending(pair.now());
            Loaded base = pending.base();
            if (base != null && pending.delta().accessOnly() && !overdue(base, pending.delta())) {
                if (!heldHere) {
                    noteAccess(pending.homes(), base, pending.delta().lastAccess());
                    return SaveOutcome.UNCHANGED;
                }
                SessionRecord known = base.live();
                if (known != null && !Expiry.accessDue(known, pending.delta().lastAccess())) {
                    session.saved(pending);
                    return SaveOutcome.UNCHANGED;
                }
            }
            long start = scheduler.nanoTime();
            Saved saved = keep(pending, heldHere);
            SessionRecord record = saved.loaded().live();
            if (saved.outcome() == SaveOutcome.SAVED && record != null) {
                note(session, pending, saved, record);
                events.saved(Duration.ofNanos(scheduler.nanoTime() - start), saved.size());
            }
            return saved.outcome();
        } finally {
            session.saving().unlock();
        }
    }

    private void note(LiveSession session, Pending pending, Saved saved, SessionRecord record) {
        boolean created = pending.base() == null;
        session.saved(pending, saved);
        indexes.saved(saved.homes(), record, created);
        if (created) {
            events.created(saved.homes().id());
        }
    }

    private Saved keep(Pending pending, boolean onlyHere) {
        try {
            return Waiting.on(
                    onlyHere
                            ? pair.saveUnderThisId(pending.homes(), pending.base(), pending.delta())
                            : pair.save(pending.homes(), pending.base(), pending.delta()));
        } catch (CorruptRecordException e) {
            // reported where it was found; nobody can read the session any more
            return new Saved(SaveOutcome.OVER, pending.homes(), new Loaded(null, List.of()), 0);
        } catch (StoreUnavailableException e) {
            if (onlyHere || pending.base() != null) {
                throw e;
            }
            reads.goOnWithout(pending.homes().id(), e);
            return new Saved(SaveOutcome.NOT_KEPT, pending.homes(), new Loaded(null, List.of()), 0);
        }
    }

    /**
     * Whether the access has to be kept before the answer: what was read with {@link SessionStore#look} is not kept
     * yet.
     */
    private static boolean overdue(Loaded base, Delta delta) {
        SessionRecord record = base.live();
        return record != null && Expiry.accessOverdue(record, delta.lastAccess());
    }

    private void noteAccess(Homes homes, Loaded base, long lastAccess) {
        SessionRecord record = base.live();
        if (record != null && Expiry.accessDue(record, lastAccess)) {
            background.add(pair.noteAccess(homes, base, lastAccess));
            indexes.saved(homes, record, false);
        }
    }

    /** As {@link SessionStore#end}; null for a session that nobody can read, which is over already. */
    @Nullable
    Ended end(SessionId id) {
        try {
            Ended ended = Waiting.on(pair.ending(nodes.homes(id)));
            Homes homes = ended.homes();
            SessionRecord last = ended.last();
            if (homes != null && last != null) {
                indexes.ended(homes.id(), last);
                events.ended(homes.id(), Duration.ofMillis(Math.max(0, pair.now() - last.created())));
            }
            return ended;
        } catch (CorruptRecordException e) {
            return null;
        }
    }

    /** As {@link SessionStore#rename}. */
    boolean rename(LiveSession session, SessionId to) {
        session.saving().lock();
        try {
            Homes target = nodes.homes(to);
            if (session.isNew()) {
                session.renamed(target, null);
                return true;
            }
            if (session.renamedElsewhere()) {
                return false;
            }
            Loaded loaded = Waiting.on(pair.rename(session.homes(), target));
            SessionRecord record = loaded.live();
            if (record == null) {
                return false;
            }
            Homes from = session.homes();
            session.renamed(target, loaded);
            indexes.renamed(from, target, record);
            return true;
        } catch (CorruptRecordException e) {
            return false; // reported where it was found; nobody can read the session any more
        } finally {
            session.saving().unlock();
        }
    }
}
