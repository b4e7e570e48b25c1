package io.memsession.tomcat;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a context's requests: reads a request's session before it, and saves what was changed after it,
 * before the client can see the end of the response.
 */
final class SessionValve extends ValveBase {
    private final MemcachedSessionManager sessions;
    private @Nullable Context context;

    SessionValve(MemcachedSessionManager sessions) {
        super(true);
        this.sessions = sessions;
    }

    /** Stands in this context's pipeline from now on, and in no other; null for in none. */
    void moveTo(@Nullable Context to) {
        if (context != null) {
            context.getPipeline().removeValve(this);
        }
        context = to;
        if (to != null) {
            to.getPipeline().addValve(this);
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RequestScope scope = RequestScope.current();
        if (!sessions.running() || scope == null) {
            getNext().invoke(request, response);
            return;
        }
        try {
            handle(request, response, scope);
            if (scope.answered()) {
                sessions.outage().succeeded(request);
            }
        } catch (IOException | ServletException | RuntimeException e) {
            RuntimeException why = Outage.cause(e);
            if (why == null) {
                throw e;
            }
            refuse(request, response, why);
        } finally {
            if (request.isAsync() && scope.awaitCompletion()) {
                Completion.await(request, scope, sessions.outage());
            }
        }
    }

    private void refuse(Request request, Response response, RuntimeException why) throws IOException {
        if (request.isAsync()) {
            // not answered yet, and at its end it is saved again
            sessions.outage().failed(request, why);
        } else {
            sessions.outage().answer(request, response, why);
        }
    }

    private void handle(Request request, Response response, RequestScope scope) throws IOException, ServletException {
        if (!scope.ignored()) {
            begin(request, scope);
        }
        HttpServletResponse plainResponse = response.getResponse();
        HttpServletRequest plainRequest = request.getRequest();
        if (SavedResponse.suits(request, scope)) {
            response.setResponse(new SavedResponse(plainResponse, scope, false));
            if (request.isAsyncSupported()) {
                request.setRequest(new SavedRequestView(plainRequest, scope));
            }
        }
        try {
            getNext().invoke(request, response);
        } finally {
            boolean error = response.isErrorReportRequired();
            response.setResponse(error ? new SavedResponse(plainResponse, scope, true) : plainResponse);
            request.setRequest(plainRequest);
            scope.beforeHead();
            scope.save();
        }
        RuntimeException why = scope.failure() != null
                ? scope.failure()
                : Outage.cause(request.getAttribute(RequestDispatcher.ERROR_EXCEPTION));
        if (why != null) {
            throw why;
        }
    }

    private void begin(Request request, RequestScope scope) {
        scope.adoptInTurn(sessions);
        sessions.ids().settle(request);
        sessions.statistics().request(scope.hasSession());
        if (scope.hasSession() && request.getSessionInternal(false) instanceof TomcatSession session) {
            MemcachedSingleSignOn.attach(request, session);
        }
    }
}
