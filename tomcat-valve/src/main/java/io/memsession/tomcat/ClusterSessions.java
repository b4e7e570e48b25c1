package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import io.memsession.store.StoreUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The ids of the sessions of all servers, for administrators: Tomcat's manager application shows and ends them. Only
 * one server at a time may list them, so this waits for its turn.
 */
final class ClusterSessions {
    private static final int MOST = 10_000;
    private static final int TRIES = 5;
    private static final long BETWEEN_TRIES = 500;

    private final MemcachedSessionManager manager;

    ClusterSessions(MemcachedSessionManager manager) {
        this.manager = manager;
    }

    /** The ids, at most 10,000 of them; those in this server where the nodes do not answer. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        for (TomcatSession here : manager.local().sessions()) {
            ids.add(here.getIdInternal());
        }
        all().stream()
                .filter(session -> manager.local().peek(session.id()) == null)
                .forEach(session -> ids.add(session.id().text()));
        return ids;
    }

    private List<LiveSession> all() {
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
