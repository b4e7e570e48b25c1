package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import io.memsession.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The sessions of all servers, for administrators: Tomcat's manager application shows and ends them. Only one server at
 * a time may have the nodes list them, so this waits for its turn; and as that application asks again for each session
 * that it ends, what was found is good for a moment.
 */
final class ClusterSessions {
    private static final int MOST = 10_000;
    private static final int TRIES = 5;
    private static final long BETWEEN_TRIES = 500;
    private static final long GOOD_FOR = TimeUnit.SECONDS.toNanos(2);

    private final MemcachedSessionManager manager;
    private List<TomcatSession> found = List.of();
    private long foundAt;

    ClusterSessions(MemcachedSessionManager manager) {
        this.manager = manager;
    }

    /** Those in this server, and at most 10,000 others; only the former where the nodes do not answer. */
    synchronized List<TomcatSession> all() {
        List<TomcatSession> all = new ArrayList<>(manager.local().sessions());
        forgetOld();
        if (found.isEmpty()) {
            found = read().stream()
                    .map(session -> new TomcatSession(manager, session))
                    .toList();
            foundAt = System.nanoTime();
        }
        found.stream()
                .filter(session ->
                        session.isValid() && manager.local().peek(session.live().id()) == null)
                .forEach(all::add);
        return all;
    }

    /** Lets go of what is good no longer. */
    synchronized void forgetOld() {
        if (System.nanoTime() - foundAt > GOOD_FOR) {
            found = List.of();
        }
    }

    private List<LiveSession> read() {
        for (int tries = 1; manager.running(); tries++) {
            try {
                return manager.store().indexes().all(MOST);
            } catch (StoreUnavailableException e) {
                if (tries == TRIES || !waited()) {
                    break;
                }
            }
        }
        return List.of();
    }

    private static boolean waited() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_TRIES);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
