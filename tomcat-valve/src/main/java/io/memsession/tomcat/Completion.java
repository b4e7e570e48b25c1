package io.memsession.tomcat;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * The end of an asynchronous request: what was changed since it left its first thread is saved, its sessions let go.
 */
final class Completion implements AsyncListener {
    private final Request request;
    private final RequestScope scope;
    private final Outage outage;

    private Completion(Request request, RequestScope scope, Outage outage) {
        this.request = request;
        this.scope = scope;
        this.outage = outage;
    }

    /** Keeps these sessions until the request's end, then saves them and lets them go. */
    static void await(Request request, RequestScope scope, Outage outage) {
        request.getAsyncContextInternal().addListener(new Completion(request, scope, outage));
    }

    /** Saves before the response ends; if that cannot be done, the answer says so or is cut off. */
    static void save(RequestScope scope) {
        Request request = scope.request();
        @Nullable RequestScope outer = scope.enter();
        try {
            scope.adopt();
            scope.save();
        } catch (RuntimeException e) {
            RuntimeException why = Outage.cause(e);
            if (why == null || !(request.getContext().getManager() instanceof MemcachedSessionManager sessions)) {
                throw e;
            }
            answer(sessions.outage(), request, why);
        } finally {
            RequestScope.exit(outer);
        }
    }

    private static void answer(Outage outage, Request request, RuntimeException why) {
        try {
            outage.answer(request, request.getResponse(), why);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        RequestScope outer = scope.enter();
        try {
            scope.adopt();
            scope.passivate();
            scope.save();
        } catch (RuntimeException e) {
            RuntimeException why = Outage.cause(e);
            if (why == null) {
                throw e;
            }
            outage.failed(request, why);
        } finally {
            RequestScope.exit(outer);
            scope.release();
        }
    }

    /** {@inheritDoc} The application's listeners came before; the response ends after this. */
    @Override
    public void onTimeout(AsyncEvent event) {
        save(scope);
    }

    /**
     * {@inheritDoc} Lets the sessions go, too: where a thread failed before the request has left its first one, Tomcat
     * drops the request without a further event. An error page that needs them asks again.
     */
    @Override
    public void onError(AsyncEvent event) {
        save(scope);
        scope.release();
    }

    /** {@inheritDoc} Tomcat forgets the listeners then; this one waits on. */
    @Override
    public void onStartAsync(AsyncEvent event) {
        event.getAsyncContext().addListener(this);
    }
}
