package io.memsession.tomcat;

import io.memsession.store.NodeStatus;
import io.memsession.store.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** What a context's session ids say about where a session is: which are ours, which node and route they name. */
final class SessionIds {
    private final MemcachedSessionManager manager;
    private final LocalSessions local;

    SessionIds(MemcachedSessionManager manager, LocalSessions local) {
        this.manager = manager;
        this.local = local;
    }

    /** The id, if it could be one that this manager gave. Asks no node: what comes in a cookie may be anything. */
    Optional<SessionId> known(String text) {
        return SessionId.routed(text).filter(id -> isOurs(id) || local.peek(id) != null);
    }

    private boolean isOurs(SessionId id) {
        String node = id.node();
        return node == null
                ? !carriesNode() || manager.store().nodes().isEmpty() // made before any node was known
                : manager.settings().nodesInIds() && manager.store().hasNode(node);
    }

    private boolean carriesNode() {
        return manager.settings().nodesInIds() && manager.settings().enabled();
    }

    SessionId require(String id) {
        return known(id).orElseThrow(() -> new IllegalArgumentException("not a session id of this manager"));
    }

    /** A generated id, with a node that a new session may have. */
    String placed(String made) {
        SessionId id = SessionId.routed(made)
                .orElseThrow(
                        () -> new IllegalStateException(
                                "the sessionIdGenerator makes ids that cannot carry a node: other than letters and digits in them"));
        return carriesNode() ? id.withNode(node(null)).text() : made;
    }

    /**
     * One of the nodes that are up, by chance: a regular one, else a failover node; any regular one if none is up; null
     * if none is known yet.
     */
    private @Nullable String node(@Nullable String preferred) {
        List<NodeStatus> nodes = manager.store().nodes();
        Predicate<NodeStatus> regular = node -> manager.settings().regular(node.id());
        List<NodeStatus> choice = new ArrayList<>(nodes);
        choice.removeIf(node -> !node.up() || !regular.test(node));
        if (choice.isEmpty()) {
            nodes.stream().filter(NodeStatus::up).forEach(choice::add);
        }
        if (choice.isEmpty()) {
            nodes.stream().filter(regular).forEach(choice::add);
        }
        for (NodeStatus node : choice) {
            if (node.id().equals(preferred)) {
                return node.id();
            }
        }
        return choice.isEmpty()
                ? null
                : choice.get(ThreadLocalRandom.current().nextInt(choice.size())).id();
    }

    /**
     * In sticky mode, gives the request's session this server's route, and another node where its own is down; and
     * tells the client, whose cookie tells the balancer.
     */
    void settle(Request request) {
        if (manager.sticky() && request.getSessionInternal(false) instanceof TomcatSession session) {
            SessionId id = session.live().id();
            SessionId wanted = wanted(id);
            if (!wanted.equals(id) && session.relocate(wanted)) {
                if (!Objects.equals(wanted.node(), id.node())) {
                    manager.statistics().failedOver();
                }
                manager.relocated(session);
            }
            tell(request, session);
        }
    }

    private static void tell(Request request, TomcatSession session) {
        String asked = request.getRequestedSessionId();
        String is = session.getIdInternal();
        if (asked != null && !asked.equals(is)) {
            if (session.getNote(Constants.SESSION_ID_NOTE) != null) {
                session.setNote(Constants.SESSION_ID_NOTE, is);
            }
            request.changeSessionId(is);
        }
    }

    private SessionId wanted(SessionId id) {
        String route = manager.getJvmRoute();
        if (!carriesNode()) {
            return new SessionId(id.plain(), id.node(), route);
        }
        List<NodeStatus> nodes = manager.store().nodes();
        boolean up = false;
        boolean anyUp = false;
        for (NodeStatus each : nodes) {
            anyUp |= each.up();
            up |= each.up() && each.id().equals(id.node());
        }
        boolean stays = up || (!anyUp && id.node() != null);
        return new SessionId(id.plain(), stays ? id.node() : node(next(nodes, id.node())), route);
    }

    /** The node after that one, which keeps the session's other copy. */
    private static @Nullable String next(List<NodeStatus> nodes, @Nullable String node) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i).id().equals(node)) {
                return nodes.get((i + 1) % nodes.size()).id();
            }
        }
        return null;
    }
}
