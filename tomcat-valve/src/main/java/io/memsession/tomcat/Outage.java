package io.memsession.tomcat;

import io.memsession.store.StoreUnavailableException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;

/**
 * What requests are told while their sessions cannot be read or kept: 503, ask again, and nothing that would make the
 * client forget its session. Says so in the log once when it begins and once when it ends.
 */
final class Outage {
    private static final Logger LOGGER = System.getLogger(MemcachedSessionManager.class.getName());
    private static final int DEPTH = 10;

    private final AtomicLong refused = new AtomicLong();
    private final Runnable counted;

    /** @param counted counts each request that is refused */
    Outage(Runnable counted) {
        this.counted = counted;
    }

    /**
     * What the request failed with that is not its own doing: the store, a session's end in mid-air, a lock that was
     * not to be had; null if it is none of these.
     */
    static @Nullable RuntimeException cause(@Nullable Object failure) {
        Throwable cause = failure instanceof Throwable thrown ? thrown : null;
        for (int depth = 0; cause != null && depth < DEPTH; depth++) {
            if (cause instanceof StoreUnavailableException unavailable) {
                return unavailable;
            }
            if (cause instanceof SessionOverException || cause instanceof LockUnavailableException) {
                return (RuntimeException) cause;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Answers the request with 503; if its answer is on its way already, cuts it off, for it would claim too much. */
    void answer(Request request, Response response, RuntimeException why) throws IOException {
        failed(request, why);
        if (response.isCommitted()) {
            response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, why);
            return;
        }
        // with the exception gone, Tomcat reports the status and not an error in the application
        request.removeAttribute(RequestDispatcher.ERROR_EXCEPTION);
        response.setSuspended(false);
        response.reset();
        response.setHeader("Retry-After", "1");
        response.sendError(
                why instanceof LockUnavailableException lock
                        ? lock.status()
                        : HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                "The session cannot be reached. Please try again.");
    }

    /** A request failed because of the store. */
    void failed(Request request, RuntimeException why) {
        counted.run();
        if (why instanceof StoreUnavailableException && refused.getAndIncrement() == 0) {
            LOGGER.log(
                    Level.WARNING,
                    "sessions of " + name(request) + " cannot be reached (" + why.getMessage()
                            + "); requests are answered with 503 until they can");
        }
    }

    /** A request was handled for which the store answered. */
    void succeeded(Request request) {
        if (refused.get() != 0) {
            long count = refused.getAndSet(0);
            if (count != 0) {
                LOGGER.log(
                        Level.INFO,
                        "sessions of " + name(request) + " can be reached again; " + count
                                + " requests were answered with 503");
            }
        }
    }

    private static String name(Request request) {
        String name = request.getContext().getName();
        return name.isEmpty() ? "/" : name;
    }
}
