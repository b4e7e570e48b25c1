package io.memsession.tomcat;

import io.memsession.store.CopyStatus;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where a session is kept, for pages that show it: a function in the servlet context, so that applications need no
 * class of this library. It takes the session id as it stands in the cookie and never throws.
 */
final class Description implements Function<String, Map<String, Object>> {
    /** The servlet context's attribute. */
    static final String ATTRIBUTE = "io.memsession.describe";

    private static final Map<String, Object> NOTHING = Map.of("homes", List.of(), "primary", "");

    private final SessionStore store;

    Description(SessionStore store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> apply(String text) {
        try {
            return SessionId.routed(text).map(this::describe).orElse(NOTHING);
        } catch (RuntimeException e) {
            // a page that shows a session works without this
            return NOTHING;
        }
    }

    private Map<String, Object> describe(SessionId id) {
        List<CopyStatus> copies = store.copies(id);
        return Map.of(
                "homes",
                copies.stream().map(Description::home).toList(),
                "primary",
                copies.isEmpty() ? "" : copies.get(0).node());
    }

    private static Map<String, Object> home(CopyStatus copy) {
        return Map.of(
                "node", copy.node(),
                "state", copy.up() ? "up" : "down",
                "holds", copy.holds(),
                "version", copy.version(),
                "bytes", copy.bytes());
    }
}
