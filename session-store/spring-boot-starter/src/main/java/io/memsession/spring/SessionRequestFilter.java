package io.memsession.spring;

import io.memsession.store.StoreUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * The filter around Spring Session's own: it lets the repository know one request from another, and where sessions can
 * neither be read nor written it answers 503 with {@code Retry-After: 1}. A visitor never loses a session, or gets
 * another cookie, because a node is away.
 */
final class SessionRequestFilter implements Filter, Ordered {
    private static final String CURRENT_SESSION = SessionRepository.class.getName() + ".CURRENT_SESSION";
    private static final String REFUSED = SessionRequestFilter.class.getName() + ".REFUSED";
    private static final String MESSAGE = "sessions are not available for the moment; try again";
    private static final int DEEPEST_CAUSE = 20;

    private final CurrentRequest current;
    private final RequestRules rules;
    private final Outage outage;

    SessionRequestFilter(CurrentRequest current, RequestRules rules, Outage outage) {
        this.current = current;
        this.rules = rules;
        this.outage = outage;
    }

    /** Just outside of Spring Session's own filter. */
    @Override
    public int getOrder() {
        return SessionRepositoryFilter.DEFAULT_ORDER - 1;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (rules.ignores(request) && request instanceof HttpServletRequest http) {
            chain.doFilter(new IgnoredRequest(http), response);
            return;
        }
        RequestSessions before = current.enter(request, rules.touches(request));
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            StoreUnavailableException cause = unavailable(e);
            if (cause == null || !(response instanceof HttpServletResponse http)) {
                throw e;
            }
            if (request.getAttribute(REFUSED) == null) { // else this is its error page, which needs a session too
                request.setAttribute(REFUSED, true);
                outage.met(cause);
            }
            answer(request, http);
        } finally {
            current.leave(before);
        }
    }

    /** Spring's and other frameworks' servlets wrap what an application threw. */
    private static @Nullable StoreUnavailableException unavailable(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof StoreUnavailableException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    private void answer(ServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return; // it is told already; what came after it is not kept
        }
        // with the type of what was to be answered, which the error page could not be written as, and with all cookies:
        // a
        // session that could not be kept needs none, and one that could not be ended keeps its own
        response.reset();
        request.removeAttribute(CURRENT_SESSION); // else the dispatch to the error page tries to save it once more
        response.setHeader("Retry-After", "1");
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            // this was the error page, which needs a session itself: there is no better one
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        } else {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, MESSAGE);
        }
    }
}
