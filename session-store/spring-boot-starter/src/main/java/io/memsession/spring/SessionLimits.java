package io.memsession.spring;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * How long sessions live, beyond going without an access for too long.
 *
 * @param lifetime the longest that a session may live in all, however busy it is; null for no limit
 * @param untilLogin the longest that a session may go without an access before somebody has logged in; null for the
 *     same as afterwards
 */
record SessionLimits(@Nullable Duration lifetime, @Nullable Duration untilLogin) {
    static final SessionLimits NONE = new SessionLimits(null, null);

    private static final String SECURITY_CONTEXT = "SPRING_SECURITY_CONTEXT";

    /** What a new session may go without an access. */
    Duration first(Duration usual) {
        return untilLogin == null || (!usual.isNegative() && usual.compareTo(untilLogin) < 0) ? usual : untilLogin;
    }

    /** Gives a session that somebody has logged in to the usual timeout, unless the application gave it its own. */
    void apply(MemcachedSession session, Duration usual) {
        if (untilLogin != null
                && session.getMaxInactiveInterval().equals(untilLogin)
                && !first(usual).equals(usual)
                && loggedIn(session)) {
            session.setMaxInactiveInterval(usual);
        }
    }

    private static boolean loggedIn(MemcachedSession session) {
        return session.getAttributeNames().contains(SECURITY_CONTEXT)
                || session.getAttributeNames().contains(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME);
    }

    /** Whether the session has lived for longer than it may. */
    boolean exceeded(MemcachedSession session, Instant now) {
        return lifetime != null
                && Duration.between(session.getCreationTime(), now).compareTo(lifetime) >= 0;
    }
}
