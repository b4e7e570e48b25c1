package io.memsession.store;

import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** What can be done for sessions that stay in an app server between requests, because they are still held there. */
final class HeldSessions {
    private final Pair pair;

    HeldSessions(Pair pair) {
        this.pair = pair;
    }

    /** Brings a session back into these homes, if they have lost it. Returns whether it lives. */
    boolean refill(LiveSession session, Homes homes) {
        session.saving().lock();
        try {
            @Nullable Loaded kept = session.kept();
            SessionRecord held = kept == null ? null : kept.live();
            if (held == null) {
                return session.isNew();
            }
            SessionRecord here = held.withPrimary(homes.id().node());
            Loaded found = Waiting.on(new RefillOperation(pair, homes, here).run());
            if (found.live() == null) {
                return false;
            }
            session.renamed(homes, found);
            return true;
        } catch (CorruptRecordException e) {
            return false; // reported where it was found; nobody can read the session any more
        } finally {
            session.saving().unlock();
        }
    }

    /** Lets a session of another store go on in these homes. Returns whether it lives, as far as can be known. */
    boolean adopt(LiveSession session, Homes homes) {
        session.saving().lock();
        try {
            session.renamed(homes, null);
            return session.isNew() || refill(session, homes);
        } catch (StoreUnavailableException e) {
            return true;
        } finally {
            session.saving().unlock();
        }
    }

    /** Lets a session go on in these homes, under an id with the same plain part. Returns whether it lives. */
    boolean relocate(LiveSession session, Homes target) {
        session.saving().lock();
        try {
            boolean sameHomes = new HashSet<>(session.homes().nodes()).equals(new HashSet<>(target.nodes()));
            if (!sameHomes && !session.isNew()) {
                return refill(session, target);
            }
            session.renamed(target, null);
            return true;
        } finally {
            session.saving().unlock();
        }
    }
}
