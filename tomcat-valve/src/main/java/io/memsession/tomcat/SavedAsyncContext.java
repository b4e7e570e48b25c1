package io.memsession.tomcat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An asynchronous request whose completion saves the session first: the response ends with it. */
final class SavedAsyncContext implements AsyncContext {
    private final AsyncContext context;
    private final RequestScope scope;

    SavedAsyncContext(AsyncContext context, RequestScope scope) {
        this.context = context;
        this.scope = scope;
    }

    @Override
    public void complete() {
        Completion.save(scope);
        context.complete();
    }

    @Override
    public ServletRequest getRequest() {
        return context.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return context.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return context.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        context.dispatch();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext other, String path) {
        context.dispatch(other, path);
    }

    @Override
    public void start(Runnable task) {
        context.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(new Listener(listener, this));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(new Listener(listener, this), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long millis) {
        context.setTimeout(millis);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }

    /** The application's listener, which is given this context and not the one beneath it. */
    private record Listener(AsyncListener listener, SavedAsyncContext context) implements AsyncListener {
        private AsyncEvent own(AsyncEvent event, SavedAsyncContext of) {
            @Nullable Throwable failure = event.getThrowable();
            return new AsyncEvent(of, event.getSuppliedRequest(), event.getSuppliedResponse(), failure);
        }

        @Override
        public void onComplete(AsyncEvent event) throws IOException {
            listener.onComplete(own(event, context));
        }

        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            listener.onTimeout(own(event, context));
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            listener.onError(own(event, context));
        }

        @Override
        public void onStartAsync(AsyncEvent event) throws IOException {
            AsyncContext begun = event.getAsyncContext();
            listener.onStartAsync(own(event, begun == null ? context : new SavedAsyncContext(begun, context.scope)));
        }
    }
}
