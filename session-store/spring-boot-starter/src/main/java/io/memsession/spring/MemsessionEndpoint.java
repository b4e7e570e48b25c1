package io.memsession.spring;

import io.memsession.store.LiveSession;
import io.memsession.store.NodeStatus;
import io.memsession.store.SessionIndexes;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The nodes and settings that sessions are kept with, and, for administrators, the sessions themselves: all of them, or
 * those of one principal. One is ended through Boot's own endpoint {@code sessions}.
 */
@Endpoint(id = "memsession")
public final class MemsessionEndpoint {
    private static final int MOST = 1_000;
    private static final String SESSIONS = "sessions";

    private final SessionStore store;

    MemsessionEndpoint(SessionStore store) {
        this.store = store;
    }

    /** The nodes, and the settings; there are no secrets among them. */
    @ReadOperation
    public Map<String, Object> memsession() {
        Map<String, Object> answer = new LinkedHashMap<>();
        List<NodeStatus> nodes = store.nodes();
        answer.put("degraded", nodes.stream().anyMatch(node -> !node.up()));
        answer.put("repairing", nodes.stream().anyMatch(node -> node.up() && !node.complete()));
        answer.put("nodes", nodes);
        answer.put("settings", settings(store.config()));
        return answer;
    }

    private static Map<String, Object> settings(StoreConfig config) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("keyPrefix", config.keyPrefix());
        settings.put("operationTimeout", config.operationTimeout().toString());
        settings.put("accessPrecision", Objects.toString(config.accessPrecision(), "by timeout"));
        settings.put("maxRecordSize", config.maxRecordSize());
        return settings;
    }

    /**
     * The sessions, at most a thousand.
     *
     * @param what {@code sessions}; there is nothing else
     * @param principal of whom; null for everybody's, for which the nodes have to list all their keys
     */
    @ReadOperation
    public @Nullable Map<String, Object> list(@Selector String what, @Nullable String principal) {
        if (!what.equals(SESSIONS)) {
            return null;
        }
        List<LiveSession> found = principal == null
                ? store.indexes().all(MOST)
                : store.indexes().find(SessionIndexes.PRINCIPAL, principal);
        return Map.of(
                SESSIONS,
                found.stream().limit(MOST).map(MemsessionEndpoint::described).toList());
    }

    private static Map<String, Object> described(LiveSession session) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", session.id().text());
        session.principal().ifPresent(name -> described.put("principal", name));
        described.put("creationTime", session.creationTime());
        described.put("lastAccessedTime", session.lastAccess());
        described.put("maxInactiveInterval", session.timeout().toSeconds());
        described.put("attributeNames", session.attributeNames());
        return described;
    }
}
