package io.memsession.sample;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes are and which of them hold a session, as far as the host tells: it may publish a function from session
 * id to description as an attribute of the servlet context. The shop depends on nothing but the JDK's types for it.
 */
final class Homes {
    /** The name of the context's attribute. */
    static final String ATTRIBUTE = "io.memsession.describe";

    /** The description: {@code homes} and {@code nodes}, lists of maps, and {@code primary}, a node's id. */
    private final Map<?, ?> description;

    private Homes(Map<?, ?> description) {
        this.description = description;
    }

    /** What the host tells of the session; null if it tells nothing, or cannot tell now. */
    static @Nullable Homes of(ServletContext context, String sessionId) {
        if (!(context.getAttribute(ATTRIBUTE) instanceof Function<?, ?> describe)) {
            return null;
        }
        try {
            @SuppressWarnings("unchecked") // the type that the attribute's name promises
            Object told = ((Function<String, Object>) describe).apply(sessionId);
            return told instanceof Map<?, ?> map ? new Homes(map) : null;
        } catch (RuntimeException e) {
            context.log("the nodes that hold the session cannot be told: " + e);
            return null;
        }
    }

    /** One map per home: {@code node}, {@code state}, {@code holds}, {@code version}, {@code bytes}. */
    List<Map<?, ?>> all() {
        return maps("homes");
    }

    /** One map per node: {@code node}, {@code state}; while it is repaired {@code compared} and {@code all}. */
    List<Map<?, ?>> nodes() {
        return maps("nodes");
    }

    private List<Map<?, ?>> maps(String key) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (description.get(key) instanceof Iterable<?> list) {
            list.forEach(each -> {
                if (each instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            });
        }
        return maps;
    }

    /** The id of the session's primary; empty if there is none. */
    String primary() {
        return description.get("primary") instanceof String primary ? primary : "";
    }

    /** Whether that home is the session's primary. */
    boolean isPrimary(Map<?, ?> home) {
        return primary().equals(home.get("node"));
    }
}
