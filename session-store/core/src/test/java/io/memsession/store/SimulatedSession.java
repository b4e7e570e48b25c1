package io.memsession.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One user's session in a simulation, under whatever id it has. */
final class SimulatedSession {
    private final String name;
    private final @Nullable String node;
    private final Map<String, Integer> leaving = new HashMap<>();
    private final Map<String, Long> left = new TreeMap<>();
    private String id;
    private int renames;

    SimulatedSession(String name, @Nullable String node) {
        this.name = name;
        this.node = node;
        this.id = name;
    }

    /** What it is called in the history, under whatever id. */
    String name() {
        return name;
    }

    /** The id that the user's browser knows. */
    SessionId id() {
        return withNode(id);
    }

    private SessionId withNode(String plain) {
        return new SessionId(plain, node, null);
    }

    /** A new id for it, which nobody has yet. */
    SessionId nextId() {
        return withNode(name + "r" + ++renames);
    }

    /** Somebody begins to give it another id. */
    void leaves(SessionId from) {
        leaving.merge(from.plain(), 1, Integer::sum);
    }

    /** That was done; false if somebody else had done it. */
    boolean goesTo(SessionId from, SessionId to, long at) {
        boolean first = left.putIfAbsent(from.plain(), at) == null;
        if (first && id.equals(from.plain())) {
            id = to.plain();
        }
        return first;
    }

    /** That was not done, and it must not live under the other id either. */
    void doesNotGoTo(SessionId to, long at) {
        left.putIfAbsent(to.plain(), at);
    }

    /** The ids under which it must not live any more. */
    List<SessionId> oldIds() {
        return left.keySet().stream().map(this::withNode).toList();
    }

    /** Whether it may be gone from that id. */
    boolean mayHaveLeft(SessionId from) {
        return leaving.containsKey(from.plain());
    }

    /** How often somebody has begun to give it another id than the one that its browser knows. */
    int renaming() {
        return leaving.getOrDefault(id, 0);
    }

    /** Whether more than one began to give it another id than that. */
    boolean contested(SessionId from) {
        return leaving.getOrDefault(from.plain(), 0) > 1;
    }

    /** When it was known to be gone from that id. */
    long leftAt(SessionId from) {
        return left.getOrDefault(from.plain(), Long.MAX_VALUE);
    }
}
