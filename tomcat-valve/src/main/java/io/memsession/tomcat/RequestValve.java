package io.memsession.tomcat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * What stands around all that a host does with a request, its listeners and error pages included: one for each host,
 * however many of its contexts keep their sessions here.
 */
final class RequestValve extends ValveBase {
    private static final Map<Container, RequestValve> BY_HOST = new WeakHashMap<>();

    private int contexts;

    private RequestValve() {
        super(true);
    }

    /** A context of this host more keeps its sessions here. */
    static void enter(Container host) {
        synchronized (BY_HOST) {
            RequestValve valve = BY_HOST.get(host);
            if (valve == null) {
                valve = new RequestValve();
                BY_HOST.put(host, valve);
                host.getPipeline().addValve(valve);
            }
            valve.contexts++;
        }
    }

    /** One less. */
    static void leave(Container host) {
        synchronized (BY_HOST) {
            RequestValve valve = BY_HOST.get(host);
            if (valve != null && --valve.contexts == 0) {
                BY_HOST.remove(host);
                host.getPipeline().removeValve(valve);
            }
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RuntimeException before = RequestScope.failureBefore();
        if (!(request.getContext() != null
                && request.getContext().getManager() instanceof MemcachedSessionManager sessions
                && sessions.running())) {
            getNext().invoke(request, response);
            return;
        }
        RequestScope scope = RequestScope.of(request);
        if (isIgnored(request, sessions)) { // before the context's request listeners, which may ask for the session
            scope.ignore();
            sessions.statistics().ignored();
        } else if (before != null) {
            sessions.outage().answer(request, response, before);
            return;
        }
        handle(request, response, sessions, scope);
    }

    private void handle(Request request, Response response, MemcachedSessionManager sessions, RequestScope scope)
            throws IOException, ServletException {
        RequestScope outer = scope.enter();
        @Nullable RuntimeException why = null;
        try {
            getNext().invoke(request, response);
            if (!request.isAsync()) {
                scope.passivate();
                scope.save();
            }
        } catch (RuntimeException e) {
            why = Outage.cause(e);
            if (why == null) {
                throw e;
            }
        } finally {
            RequestScope.exit(outer);
            if (!request.isAsync()) {
                scope.release();
            }
        }
        if (why != null) {
            sessions.outage().answer(request, response, why);
        }
    }

    private static boolean isIgnored(Request request, MemcachedSessionManager sessions) {
        RequestPattern ignored = sessions.settings().ignored();
        return ignored != null && ignored.matches(request);
    }
}
