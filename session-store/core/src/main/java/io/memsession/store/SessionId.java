package io.memsession.store;

import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session's id, taken apart: what names the session, and what only says where it is handled.
 *
 * <p>Ids come from cookies, so an instance is bounded and free of anything that could reach beyond its own key: no
 * colon, no white space, no control character.
 *
 * @param plain the id without node and route; names the session, and with the prefix makes the key
 * @param node the id of the session's primary, if the id names it
 * @param route Tomcat's {@code jvmRoute}, if the id has one
 */
public record SessionId(
        String plain, @Nullable String node, @Nullable String route) implements Comparable<SessionId> {
    /** The length that a plain id may have. */
    public static final int MAX_PLAIN_LENGTH = 128;

    private static final int MAX_ROUTE_LENGTH = 64;
    private static final int MAX_NODE_LENGTH = 32;
    private static final String SIGNS = "._~+/=-";
    private static final String PLAIN_SIGNS = "_~+/=";
    private static final String NODE_SIGNS = "_";
    private static final String ROUTE_SIGNS = "._~-";
    private static final Comparator<SessionId> ORDER =
            Comparator.comparing(SessionId::plain).thenComparing(SessionId::text);
    private static final int MAX_LENGTH = MAX_PLAIN_LENGTH + 1 + MAX_NODE_LENGTH + 1 + MAX_ROUTE_LENGTH;

    /** Refuses what could not be part of a key. */
    public SessionId {
        if (!isPlain(plain)) {
            throw new IllegalArgumentException("not a plain session id");
        }
    }

    private static boolean isPlain(String text) {
        return isOf(text, MAX_PLAIN_LENGTH, SIGNS);
    }

    private static boolean isOf(String text, int most, String signs) {
        return !text.isEmpty() && text.length() <= most && end(text, 0, signs) == text.length();
    }

    /** Where the letters, digits and such signs end that begin there. */
    private static int end(String text, int from, String signs) {
        int end = from;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!letter && !(c >= '0' && c <= '9') && signs.indexOf(c) < 0) {
                break;
            }
            end++;
        }
        return end;
    }

    /**
     * An id without node and route, taken as it is; empty if it is too long or holds a character that ids do not have.
     */
    public static Optional<SessionId> unrouted(String text) {
        return isPlain(text) ? Optional.of(new SessionId(text, null, null)) : Optional.empty();
    }

    /**
     * An id as Tomcat and memcached-session-manager write it: {@code plain}, {@code plain-node}, {@code plain.route} or
     * {@code plain-node.route}; empty if the text is none of these.
     */
    public static Optional<SessionId> routed(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int plainEnd = end(text, 0, PLAIN_SIGNS);
        boolean names = plainEnd < text.length() && text.charAt(plainEnd) == '-';
        int nodeEnd = names ? end(text, plainEnd + 1, NODE_SIGNS) : plainEnd;
        boolean routes = nodeEnd < text.length() && text.charAt(nodeEnd) == '.';
        String plain = text.substring(0, plainEnd);
        String node = names ? text.substring(plainEnd + 1, nodeEnd) : null;
        String route = routes ? text.substring(nodeEnd + 1) : null;
        boolean valid = (routes || nodeEnd == text.length())
                && isPlain(plain)
                && (node == null || isOf(node, MAX_NODE_LENGTH, NODE_SIGNS))
                && (route == null || isOf(route, MAX_ROUTE_LENGTH, ROUTE_SIGNS));
        return valid ? Optional.of(new SessionId(plain, node, route)) : Optional.empty();
    }

    /** The same id with another node. */
    public SessionId withNode(@Nullable String other) {
        return new SessionId(plain, other, route);
    }

    /** The whole id, as it stands in the cookie. */
    public String text() {
        return plain + (node == null ? "" : "-" + node) + (route == null ? "" : "." + route);
    }

    /** Orders by plain id, then by the whole id; the order has no meaning of its own. */
    @Override
    public int compareTo(SessionId other) {
        return ORDER.compare(this, other);
    }

    /** The id shortened, for logs: who reads them must not be able to take the session over. */
    @Override
    public String toString() {
        String start = plain.length() > 12 ? plain.substring(0, 6) : plain.substring(0, plain.length() / 3);
        return start + "…" + (node == null ? "" : "-" + node) + (route == null ? "" : "." + route);
    }
}
