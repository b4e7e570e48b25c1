package io.memsession.sample;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer of the API that the page asks for once a second: how the nodes are, and which of them keep the session
 * that the browser has. It neither reads nor makes that session, and does not tell its id.
 */
final class LiveAnswers {
    private LiveAnswers() {}

    static void show(HttpServletRequest request, Map<String, @Nullable Object> answer) {
        String id = request.getRequestedSessionId();
        Homes homes = Homes.of(request.getServletContext(), id == null ? "" : id);
        answer.put("known", homes != null);
        if (homes != null) {
            answer.put("found", homes.all().stream().anyMatch(home -> Boolean.TRUE.equals(home.get("holds"))));
            answer.put("primary", homes.primary());
            answer.put("homes", homes.all());
            answer.put("nodes", homes.nodes());
        }
    }
}
