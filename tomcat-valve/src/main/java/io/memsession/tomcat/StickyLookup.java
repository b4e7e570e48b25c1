package io.memsession.tomcat;

import io.memsession.store.SessionId;
import io.memsession.store.StoreUnavailableException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a request finds its session in sticky mode. The one that is here is right if the cookie's route says that this
 * server had it last; otherwise the nodes are asked, and what is here is only good where it is as new.
 */
final class StickyLookup {
    private final MemcachedSessionManager manager;
    private final LocalSessions local;

    StickyLookup(MemcachedSessionManager manager, LocalSessions local) {
        this.manager = manager;
        this.local = local;
    }

    /** The session, its request counted; null if there is none. */
    @Nullable
    TomcatSession join(SessionId id) {
        TomcatSession here = local.joinHere(id);
        if (here != null && isCurrent(here, id)) {
            return here;
        }
        Optional<TomcatSession> read;
        try {
            read = manager.read(id);
        } catch (StoreUnavailableException e) {
            return served(here, id, e);
        }
        if (here == null) {
            return read.map(this::takeOver).orElse(null);
        }
        return read.isPresent() ? newer(here, read.get()) : lost(here, id);
    }

    /** The session that is here and may be served without asking a node, its request counted; null if there is none. */
    @Nullable
    TomcatSession joinWithoutAsking(SessionId id) {
        TomcatSession here = local.joinHere(id);
        if (here != null && !isCurrent(here, id)) {
            local.leave(here);
            return null;
        }
        return here;
    }

    private boolean isCurrent(TomcatSession here, SessionId id) {
        return here.live().isNew()
                || (hadItLast(id)
                        && id.route() != null
                        && !here.isIdleTooLong()
                        && !MemcachedSingleSignOn.mayBeOff(here));
    }

    /** Whether no other server can have had it since, as far as the id tells. */
    private boolean hadItLast(SessionId id) {
        String route = manager.getJvmRoute();
        return route == null || route.equals(id.route());
    }

    private TomcatSession served(@Nullable TomcatSession here, SessionId id, StoreUnavailableException e) {
        if (here == null) {
            RequestScope.note(e);
            throw e;
        }
        if (!hadItLast(id) || here.isIdleTooLong()) {
            local.leave(here);
            RequestScope.note(e);
            throw e;
        }
        return here;
    }

    private TomcatSession takeOver(TomcatSession read) {
        TomcatSession shared = local.join(read);
        if (shared == read) {
            shared.activate();
            manager.statistics().takenOver();
        }
        return shared;
    }

    /** What another server changed counts; what is here goes on only where requests are at work on it. */
    private TomcatSession newer(TomcatSession here, TomcatSession read) {
        if (read.live().version() <= here.live().version() || local.isShared(here)) {
            here.takeOver(read);
            return here;
        }
        local.drop(here);
        local.leave(here);
        return takeOver(read);
    }

    /** The nodes have lost it, or it is over. */
    private @Nullable TomcatSession lost(TomcatSession here, SessionId id) {
        if (hadItLast(id) && here.refill()) {
            return here;
        }
        local.drop(here);
        local.leave(here);
        return null;
    }
}
