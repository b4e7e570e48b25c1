package io.memsession.tomcat;

import io.memsession.store.SessionId;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that are in this server, one object for each, shared by its requests, which are counted. In non-sticky
 * mode one is here while requests for it are in flight, in sticky mode until it is over or another server has it.
 * Thread-safe.
 */
final class LocalSessions {
    private static final class Place {
        private final TomcatSession session;
        private String name;
        private String id;
        private int requests;

        Place(TomcatSession session) {
            this.session = session;
            this.name = session.live().id().plain();
            this.id = session.live().id().text();
        }
    }

    private final Map<String, Place> byName = new HashMap<>();
    private final IdentityHashMap<TomcatSession, Place> bySession = new IdentityHashMap<>();
    private final Map<String, Session> index;
    private boolean staying;

    /**
     * None yet.
     *
     * @param index the same by whole id, for Tomcat's own ways to look at them; kept in step
     */
    LocalSessions(Map<String, Session> index) {
        this.index = index;
    }

    /** Whether they stay when no request is at work on them. */
    synchronized void staying(boolean stay) {
        staying = stay;
        if (!stay) {
            bySession.values().stream()
                    .filter(place -> place.requests == 0)
                    .toList()
                    .forEach(this::remove);
        }
    }

    /**
     * The object that this session's requests share: the one given, if there is none yet; otherwise the one there is,
     * which takes over what the one given has read. Counts the request.
     */
    TomcatSession join(TomcatSession read) {
        TomcatSession shared = share(read);
        if (shared != read) {
            shared.takeOver(read);
        }
        return shared;
    }

    private synchronized TomcatSession share(TomcatSession read) {
        Place place = byName.computeIfAbsent(read.live().id().plain(), name -> new Place(read));
        bySession.put(place.session, place);
        index.put(place.id, place.session);
        place.requests++;
        return place.session;
    }

    /** Counts a request for a session that was read or made outside of it; it is shared if none is there for its id. */
    synchronized void adopt(TomcatSession session) {
        if (bySession.containsKey(session)
                || !byName.containsKey(session.live().id().plain())) {
            share(session);
        }
    }

    /** The session that is here under that id, its request counted; null if there is none. */
    synchronized @Nullable TomcatSession joinHere(SessionId id) {
        Place place = byName.get(id.plain());
        if (place == null || !place.session.isValid()) {
            return null;
        }
        place.requests++;
        return place.session;
    }

    /** The session that is here under that id; null if there is none. */
    synchronized @Nullable TomcatSession peek(SessionId id) {
        Place place = byName.get(id.plain());
        return place == null || !place.session.isValid() ? null : place.session;
    }

    /** Whether more requests than one are at work on it. */
    synchronized boolean isShared(TomcatSession session) {
        Place place = bySession.get(session);
        return place != null && place.requests > 1;
    }

    /** Whether no request is at work on it. */
    synchronized boolean isIdle(TomcatSession session) {
        Place place = bySession.get(session);
        return place == null || place.requests == 0;
    }

    /** One request less is at work on it. */
    synchronized void leave(TomcatSession session) {
        Place place = bySession.get(session);
        if (place == null || --place.requests > 0) {
            return;
        }
        if (staying && session.isValid() && byName.get(place.name) == place) {
            session.restUnlessQueued();
        } else {
            remove(place);
        }
    }

    /** Tells the session that no request is at work on it, if that is so. */
    synchronized void restIfIdle(TomcatSession session) {
        Place place = bySession.get(session);
        if (place != null && place.requests <= 0) {
            session.restUnlessQueued();
        }
    }

    /** It is not here any more: no later request finds it; those at work on it go on. */
    synchronized void drop(TomcatSession session) {
        Place place = bySession.get(session);
        if (place != null) {
            byName.remove(place.name, place);
            index.remove(place.id, session);
            if (place.requests <= 0) {
                remove(place);
            }
        }
    }

    private void remove(Place place) {
        bySession.remove(place.session);
        byName.remove(place.name, place);
        index.remove(place.id, place.session);
    }

    /** The session has another id now. */
    synchronized void renamed(TomcatSession session) {
        Place place = bySession.get(session);
        if (place != null) {
            boolean found = byName.remove(place.name, place);
            index.remove(place.id, session);
            place.name = session.live().id().plain();
            place.id = session.live().id().text();
            if (found) {
                byName.put(place.name, place);
                index.put(place.id, session);
            }
        }
    }

    /** Those that are here now. */
    synchronized Collection<TomcatSession> sessions() {
        return List.copyOf(bySession.keySet());
    }

    synchronized int size() {
        return bySession.size();
    }
}
