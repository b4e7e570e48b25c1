package io.memsession.tomcat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/** A request whose asynchronous end, from whatever thread it comes, waits until the session is saved. */
final class SavedRequestView extends HttpServletRequestWrapper {
    private final RequestScope scope;

    SavedRequestView(HttpServletRequest request, RequestScope scope) {
        super(request);
        this.scope = scope;
    }

    @Override
    public AsyncContext startAsync() {
        return new SavedAsyncContext(super.startAsync(), scope);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return new SavedAsyncContext(super.startAsync(request, response), scope);
    }

    @Override
    public @Nullable AsyncContext getAsyncContext() {
        AsyncContext context = super.getAsyncContext();
        return context == null ? null : new SavedAsyncContext(context, scope);
    }
}
