package io.memsession.sample;

import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes hold a session, as far as the host tells: it may publish a function from session id to description as an
 * attribute of the servlet context. The shop depends on nothing but the JDK's types for it.
 */
final class Homes {
    /** The name of the context's attribute. */
    static final String ATTRIBUTE = "io.memsession.describe";

    /** The description: {@code homes}, a list of maps, and {@code primary}, a node's id. */
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
        List<Map<?, ?>> homes = new ArrayList<>();
        if (description.get("homes") instanceof Iterable<?> list) {
            list.forEach(home -> {
                if (home instanceof Map<?, ?> map) {
                    homes.add(map);
                }
            });
        }
        return homes;
    }

    /** Whether that home is the session's primary. */
    boolean isPrimary(Map<?, ?> home) {
        Object node = home.get("node");
        return node != null && node.equals(description.get("primary"));
    }
}
