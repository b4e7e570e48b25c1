package io.memsession.spring;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which request this thread is at work for. One for each application, as a request that is forwarded to another
 * application has other sessions there. A request's later dispatches, asynchronous ones and those to an error page,
 * find what the first one knew.
 */
final class CurrentRequest {
    @SuppressWarnings("ThreadLocalUsage") // one for each application, and never left behind on a thread
    private final ThreadLocal<@Nullable RequestSessions> current = new ThreadLocal<>();

    private final String attribute = CurrentRequest.class.getName() + "@" + System.identityHashCode(this);

    /** What the request that this thread is at work for knows of sessions; empty outside of requests. */
    Optional<RequestSessions> sessions() {
        return Optional.ofNullable(current.get());
    }

    /**
     * The thread is at work for that request, until it {@link #leave leaves} it. Returns what it was at work for.
     *
     * @param touches whether the request is an access to its session
     */
    @Nullable
    RequestSessions enter(ServletRequest request, boolean touches) {
        RequestSessions before = current.get();
        current.set(of(request, touches));
        return before;
    }

    private RequestSessions of(ServletRequest request, boolean touches) {
        if (request.getAttribute(attribute) instanceof RequestSessions known) {
            return known;
        }
        RequestSessions fresh = new RequestSessions(touches);
        request.setAttribute(attribute, fresh);
        return fresh;
    }

    /** The thread is done with the request, and back at what it was at work for before. */
    void leave(@Nullable RequestSessions before) {
        if (before == null) {
            current.remove();
        } else {
            current.set(before);
        }
    }
}
