package io.memsession.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How the nodes are and where they keep a session, for status pages, told in the JDK's types alone, so that
 * applications need no class of this library. From a session's id as its cookie has it, or any other text for no
 * session, to a map of
 *
 * <ul>
 *   <li>{@code nodes}: a list with a map for each, of {@code node}, its id, and {@code state}: {@code down},
 *       {@code incomplete}, {@code repairing} or {@code complete}. With {@code repairing}, which only the app server at
 *       work on it tells, {@code compared} and {@code all} say how many records were compared so far, of how many
 *   <li>{@code homes}: a list with a map for each home, of {@code node}, {@code state} ({@code up} or {@code down}),
 *       {@code holds}, {@code version} and {@code bytes}
 *   <li>{@code primary}: the id of the first home; empty without a session
 * </ul>
 *
 * It asks the homes at each call, changes nothing, is no access, and never throws.
 */
public final class Description implements Function<String, Map<String, Object>> {
    /** The attribute of the servlet context that hosts publish it under. */
    public static final String ATTRIBUTE = "io.memsession.describe";

    private static final Map<String, Object> NOTHING = Map.of("nodes", List.of(), "homes", List.of(), "primary", "");

    private final Supplier<SessionStore> store;
    private final Function<String, Optional<SessionId>> ids;

    /**
     * What describes the sessions of a store.
     *
     * @param ids how the host reads a session's id
     */
    public Description(Supplier<SessionStore> store, Function<String, Optional<SessionId>> ids) {
        this.store = store;
        this.ids = ids;
    }

    @Override
    public Map<String, Object> apply(String sessionId) {
        try {
            return describe(store.get(), ids.apply(sessionId));
        } catch (RuntimeException e) {
            return NOTHING; // a page that shows a session works without this
        }
    }

    private static Map<String, Object> describe(SessionStore store, Optional<SessionId> session) {
        RepairWatch.Progress repair = store.repair();
        List<CopyStatus> copies = session.map(store::copies).orElse(List.of());
        Map<String, Object> description = new LinkedHashMap<>();
        description.put(
                "nodes", store.nodes().stream().map(node -> node(node, repair)).toList());
        description.put("homes", copies.stream().map(Description::home).toList());
        description.put("primary", copies.isEmpty() ? "" : copies.get(0).node());
        return description;
    }

    /** A node that is away cannot be repaired now, whatever the last progress was. */
    static Map<String, Object> node(NodeStatus node, RepairWatch.Progress repair) {
        Map<String, Object> described = new LinkedHashMap<>();
        boolean repairing = node.up() && !node.complete() && repair.nodes().contains(node.id());
        described.put("node", node.id());
        described.put(
                "state", node.complete() ? "complete" : repairing ? "repairing" : node.up() ? "incomplete" : "down");
        if (repairing) {
            described.put("compared", repair.compared());
            described.put("all", repair.all());
        }
        return described;
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
