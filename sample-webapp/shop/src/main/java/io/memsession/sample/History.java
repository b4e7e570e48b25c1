package io.memsession.sample;

import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** The last requests of a session and who answered them; kept in the session. */
final class History implements Serializable {
    private static final long serialVersionUID = 1;

    /** How many requests are remembered. */
    static final int LENGTH = 50;

    private static final String ATTRIBUTE = "shop.history";

    @SuppressWarnings("serial") // an ArrayList
    private final List<Visit> visits = new ArrayList<>();

    /** The session's history; an empty one if it has none. */
    static History of(HttpSession session) {
        return session.getAttribute(ATTRIBUTE) instanceof History history ? history : new History();
    }

    /** Writes the request down in the session's history. */
    static void record(HttpSession session, Visit visit) {
        History history = of(session);
        history.add(visit);
        session.setAttribute(ATTRIBUTE, history);
    }

    private synchronized void add(Visit visit) {
        visits.add(visit);
        if (visits.size() > LENGTH) {
            visits.remove(0);
        }
    }

    /** The requests, oldest first. */
    synchronized List<Visit> visits() {
        return List.copyOf(visits);
    }
}
