package io.memsession.store;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one end of a session visited and ended, over all ids that the session was renamed to. Thread-safe. */
final class Ended {
    private static final int MOST_IDS = 1_000;

    private final Set<String> visited = new HashSet<>();
    private @Nullable Homes homes;
    private @Nullable SessionRecord last;

    /** Whether that id is to be visited: each is once, and there is a limit. */
    synchronized boolean visit(SessionId id) {
        return visited.size() < MOST_IDS && visited.add(id.plain());
    }

    /** A home took a tombstone, or may have; before it there was that record. */
    synchronized void ended(Homes where, SessionRecord before) {
        homes = where;
        last = before;
    }

    /**
     * Of the session that was ended; its id may be another than the one asked for. Null if there was nothing to end.
     */
    synchronized @Nullable Homes homes() {
        return homes;
    }

    /** Its record before the end; null if there was nothing to end. */
    synchronized @Nullable SessionRecord last() {
        return last;
    }
}
