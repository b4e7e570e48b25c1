package io.memsession.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * A request that has no session, whatever cookie it brings: none is read, none is kept alive, and none can be made, as
 * its cookie would take the place of the visitor's real one.
 */
final class IgnoredRequest extends HttpServletRequestWrapper {
    private static final String FILTERED = SessionRepositoryFilter.class.getName() + ".FILTERED";

    IgnoredRequest(HttpServletRequest request) {
        super(request);
        request.setAttribute(FILTERED, true); // Spring Session's filter lets it pass as it is
    }

    @Override
    public @Nullable HttpSession getSession(boolean create) {
        if (create) {
            throw new IllegalStateException("requests for this path have no session: memsession.ignored-paths says so");
        }
        return null;
    }

    @Override
    public @Nullable HttpSession getSession() {
        return getSession(true);
    }

    @Override
    public @Nullable String getRequestedSessionId() {
        return null;
    }

    @Override
    public boolean isRequestedSessionIdValid() {
        return false;
    }
}
