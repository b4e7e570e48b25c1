package io.memsession.tomcat;

import io.memsession.store.StoreUnavailableException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.jspecify.annotations.Nullable;

/**
 * Saves the session before and after a page that Tomcat itself forwards to, such as that of a login by form. Tomcat
 * gives such a page its own response, not the request's {@link SavedResponse}, and ends it as soon as the page is done:
 * the browser could be back, at another server, before the session is there.
 */
final class LoginPageFilter implements Filter {
    private static final String NAME = LoginPageFilter.class.getName();

    private LoginPageFilter() {}

    /** Stands around the pages of that context from its start on. */
    static void enter(Context context) {
        if (context.findFilterDef(NAME) != null) {
            return;
        }
        FilterDef filter = new FilterDef();
        filter.setFilterName(NAME);
        filter.setFilterClass(NAME);
        filter.setFilter(new LoginPageFilter());
        filter.setAsyncSupported("true");
        context.addFilterDef(filter);
        FilterMap pages = new FilterMap();
        pages.setFilterName(NAME);
        pages.addURLPattern("/*");
        pages.setDispatcher("FORWARD");
        context.addFilterMapBefore(pages);
    }

    /** Whether the application has filters, which this is none of. */
    static boolean areOthersIn(Context context) {
        int own = context.findFilterDef(NAME) == null ? 0 : 1;
        return context.findFilterDefs().length > own;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        RequestScope scope = endsWithItsPage(response) ? RequestScope.current() : null;
        if (scope == null) {
            chain.doFilter(request, response);
            return;
        }
        scope.beforeHead();
        if (save(scope, response)) {
            chain.doFilter(request, response);
            save(scope, response);
        }
    }

    /** Returns whether it is saved; the valves answer if not, as the scope knows why. */
    private static boolean save(RequestScope scope, ServletResponse response) throws IOException {
        try {
            scope.save();
            return true;
        } catch (StoreUnavailableException e) {
            if (response.isCommitted() || !(response instanceof HttpServletResponse answer)) {
                throw e;
            }
            answer.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return false;
        }
    }

    private static boolean endsWithItsPage(ServletResponse response) {
        @Nullable ServletResponse inner = response;
        while (inner instanceof ServletResponseWrapper wrapper) {
            if (inner instanceof SavedResponse) {
                return false;
            }
            inner = wrapper.getResponse();
        }
        return true;
    }
}
