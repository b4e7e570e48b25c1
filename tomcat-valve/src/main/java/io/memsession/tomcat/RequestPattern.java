package io.memsession.tomcat;

import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;

/**
 * A pattern over requests, as memcached-session-manager matches them: the whole of {@code METHOD URI[?query]}, as in
 * {@code GET /shop/cart?id=1}, the query left out for a POST; or the whole URI alone.
 *
 * @param expression what has to match
 */
record RequestPattern(Pattern expression) {

    boolean matches(Request request) {
        String uri = request.getRequestURI();
        if (uri == null) {
            return false;
        }
        return expression.matcher(uri).matches()
                || expression.matcher(name(request, uri)).matches();
    }

    /** What a request is called: its method, its URI, and the query unless it is a POST. */
    static String name(Request request) {
        return name(request, request.getRequestURI());
    }

    private static String name(Request request, String uri) {
        String query = request.getQueryString();
        String asked = query == null || "POST".equals(request.getMethod()) ? uri : uri + "?" + query;
        return request.getMethod() + " " + asked;
    }
}
