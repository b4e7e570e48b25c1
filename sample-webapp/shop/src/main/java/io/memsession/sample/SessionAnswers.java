package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The answers of the API that are about the session itself: what it is, login and logout, its id and timeout. */
final class SessionAnswers {
    private static final String USER = "shop.user";
    private static final int TEN_YEARS = 10 * 365 * 24 * 3600;

    private SessionAnswers() {}

    /** The session as it is; with {@code create=false} none is made. */
    static void show(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        boolean create = !"false".equals(new Input(request).parameter("create"));
        HttpSession session = request.getSession(create);
        if (session == null) {
            answer.put("session", null);
            return;
        }
        describe(session, answer);
        Homes homes = Homes.of(session.getServletContext(), session.getId());
        answer.put("homes", homes == null ? List.of() : homes.all());
    }

    private static void describe(HttpSession session, Map<String, @Nullable Object> answer) {
        answer.put("id", session.getId());
        answer.put("new", session.isNew());
        answer.put("created", session.getCreationTime());
        answer.put("lastAccess", session.getLastAccessedTime());
        answer.put("timeout", session.getMaxInactiveInterval());
        answer.put("attributes", Collections.list(session.getAttributeNames()));
    }

    /** Who is logged in, if anybody is. */
    static @Nullable String user(HttpSession session) {
        return session.getAttribute(USER) instanceof String user ? user : null;
    }

    /** Writes down who it is and gives the session another id, as is right at every login. */
    static void login(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        String user = Input.word("user", new Input(request).text("user"));
        answer.put("found", request.getSession(false) != null);
        request.getSession(true);
        answer.put("id", changeId(request));
        request.getSession().setAttribute(USER, user);
        answer.put("user", user);
    }

    /** Ends the session; whether there was one. */
    static boolean logout(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return session != null;
    }

    /** Whether another request ended the session while this one was at work on it: using it fails from then on. */
    static boolean isOver(HttpServletRequest request) {
        return request.getSession(false) == null;
    }

    /** Gives the session another id. */
    static void rename(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        HttpSession session = existing(request);
        answer.put("old", session.getId());
        answer.put("id", changeId(request));
    }

    /** Somebody else may have ended the session since it was found. */
    private static String changeId(HttpServletRequest request) throws Refusal {
        try {
            return request.changeSessionId();
        } catch (IllegalStateException e) {
            throw new Refusal(404, "there is no session any more");
        }
    }

    /** Sets after how many idle seconds the session ends; 0 or less: never. */
    static void timeout(HttpServletRequest request, Map<String, @Nullable Object> answer) throws Refusal {
        int seconds = new Input(request).number("seconds", -1, TEN_YEARS);
        HttpSession session = existing(request);
        session.setMaxInactiveInterval(seconds);
        answer.put("timeout", seconds);
    }

    /** The session that the request came with. */
    static HttpSession existing(HttpServletRequest request) throws Refusal {
        HttpSession session = request.getSession(false);
        if (session == null) {
            throw new Refusal(404, "there is no session");
        }
        return session;
    }
}
