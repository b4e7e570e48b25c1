package io.memsession.spring;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/** Which requests are no access to their session, and which have none. */
final class RequestRules {
    /** RFC 9110, 5.6.2. */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    static final RequestRules NONE = new RequestRules(List.of(), List.of(), List.of());

    private final List<PathPattern> untouched;
    private final List<String> untouchedHeaders;
    private final List<PathPattern> ignored;

    private RequestRules(List<PathPattern> untouched, List<String> untouchedHeaders, List<PathPattern> ignored) {
        this.untouched = untouched;
        this.untouchedHeaders = List.copyOf(untouchedHeaders);
        this.ignored = ignored;
    }

    /**
     * The rules that the properties say.
     *
     * @throws PropertyException if a pattern is none
     */
    static RequestRules of(MemsessionProperties properties) {
        properties
                .noTouch()
                .headers()
                .forEach(name -> StoreSettings.refuse(
                        "memsession.no-touch.headers",
                        !HEADER.matcher(name).matches(),
                        "\"" + name + "\" is no name of a header"));
        return new RequestRules(
                patterns("memsession.no-touch.paths", properties.noTouch().paths()),
                properties.noTouch().headers(),
                patterns("memsession.ignored-paths", properties.ignoredPaths()));
    }

    private static List<PathPattern> patterns(String property, List<String> texts) {
        return texts.stream().map(text -> pattern(property, text)).toList();
    }

    private static PathPattern pattern(String property, String text) {
        StoreSettings.refuse(property, !text.startsWith("/"), "\"" + text + "\" does not begin with a slash");
        try {
            return PathPatternParser.defaultInstance.parse(text);
        } catch (PatternParseException e) {
            throw new PropertyException(property, "cannot be used: \"" + text + "\": " + e.getMessage());
        }
    }

    /** Whether the request is an access to its session. */
    boolean touches(ServletRequest request) {
        return !(request instanceof HttpServletRequest http)
                || (!matches(untouched, http)
                        && untouchedHeaders.stream().allMatch(name -> http.getHeader(name) == null));
    }

    /** Whether the request has no session. */
    boolean ignores(ServletRequest request) {
        return request instanceof HttpServletRequest http && matches(ignored, http);
    }

    private static boolean matches(List<PathPattern> patterns, HttpServletRequest request) {
        if (patterns.isEmpty()) {
            return false;
        }
        PathContainer path = PathContainer.parsePath(path(request));
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    /** As the container decoded and normalized it, so that no spelling of a path gets around a pattern. */
    private static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        String path = request.getServletPath() + (info == null ? "" : info);
        return path.isEmpty() ? "/" : path;
    }
}
