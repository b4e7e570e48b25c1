package io.memsession.spring;

import io.memsession.store.CopyStatus;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the nodes keep a session, for status pages, told in the JDK's types alone: from a session's id to
 * {@code homes}, a list with a map for each of {@code node}, {@code state}, {@code holds}, {@code version} and
 * {@code bytes}, and {@code primary}, a node's id. Asks the nodes at each call.
 */
final class SessionDescription implements Function<String, Map<String, Object>> {
    /** The attribute of the servlet context that it is found under. */
    static final String ATTRIBUTE = "io.memsession.describe";

    private final Supplier<SessionStore> store;

    SessionDescription(Supplier<SessionStore> store) {
        this.store = store;
    }

    @Override
    public Map<String, Object> apply(String sessionId) {
        List<CopyStatus> copies =
                SessionId.unrouted(sessionId).map(id -> store.get().copies(id)).orElse(List.of());
        return copies.isEmpty()
                ? Map.of("homes", List.of())
                : Map.of(
                        "primary",
                        copies.get(0).node(),
                        "homes",
                        copies.stream().map(SessionDescription::home).toList());
    }

    private static Map<String, Object> home(CopyStatus copy) {
        Map<String, Object> home = new LinkedHashMap<>();
        home.put("node", copy.node());
        home.put("state", copy.up() ? "up" : "down");
        home.put("holds", copy.holds());
        home.put("version", copy.version());
        home.put("bytes", copy.bytes());
        return home;
    }
}
