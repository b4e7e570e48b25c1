package io.memsession.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a node is.
 *
 * @param id the node's id in session ids and logs: letters, digits and underscores
 * @param host a host name or an address, an IPv6 one without brackets
 * @param port the TCP port, 1 to 65535
 * @param redis how to speak to it if it is a Redis; null for a memcached
 */
public record NodeAddress(
        String id, String host, int port, @Nullable RedisAccess redis) {
    private static final Pattern ONE = Pattern.compile("(\\w{1,32}):(?:(rediss?)://" + RedisAccess.LOGIN
            + ")?(\\[[0-9A-Fa-f:.]+]|[^:\\s,\\[\\]/@]+):(\\d{1,5})(?:/(\\d{1,4}))?");
    private static final String EXAMPLE = "n1:host1:11211,n2:host2:11211";
    private static final String REDIS_EXAMPLE = "n1:redis://host1:6379,n2:redis://host2:6379";

    /** Checks the port. */
    public NodeAddress {
        if (port < 1 || port > 65535) {
            throw new ConfigException("port " + port + " of node " + id + " is not between 1 and 65535");
        }
    }

    /** A memcached. */
    public NodeAddress(String id, String host, int port) {
        this(id, host, port, null);
    }

    /** The same under another id. */
    public NodeAddress withId(String other) {
        return new NodeAddress(other, host, port, redis);
    }

    /**
     * Reads a list such as {@code n1:host1:11211,n2:host2:11211} or {@code n1:redis://host1:6379}; commas or white
     * space separate.
     *
     * @param setting the name of the setting that the text comes from, for the error
     * @throws ConfigException if the text is no such list; the message names the setting and shows a right value
     */
    public static List<NodeAddress> parseList(String setting, String text) {
        List<NodeAddress> addresses = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> servers = new HashSet<>();
        for (String part : text.trim().split("[,\\s]+")) {
            NodeAddress address = parse(setting, text, part);
            if (!ids.add(address.id)) {
                throw new ConfigException(shown(setting, text) + ": the node id \"" + address.id
                        + "\" stands there twice; give each node an id of its own, as in \"" + EXAMPLE + "\"");
            }
            if (!servers.add(address.hostAndPort())) {
                throw new ConfigException(shown(setting, text) + ": " + address.hostAndPort()
                        + " stands there twice, and one server keeps one copy; name two, as in \"" + EXAMPLE + "\"");
            }
            addresses.add(address);
        }
        return List.copyOf(addresses);
    }

    private static NodeAddress parse(String setting, String text, String part) {
        Matcher matcher = ONE.matcher(part);
        boolean matches = matcher.matches();
        String scheme = matches ? matcher.group(2) : null;
        if (!matches || (scheme == null && matcher.group(7) != null)) {
            throw wrong(setting, text, part);
        }
        RedisAccess access =
                scheme == null ? null : RedisAccess.of(scheme, matcher.group(3), matcher.group(4), matcher.group(7));
        return new NodeAddress(
                matcher.group(1), withoutBrackets(matcher.group(5)), Integer.parseInt(matcher.group(6)), access);
    }

    /** A part is shown only where there is no login: one with a blank in it would be cut apart. */
    private static ConfigException wrong(String setting, String text, String part) {
        boolean redis = text.contains("redis");
        return new ConfigException(shown(setting, text) + ": "
                + (text.contains("@") ? "an address there" : "\"" + part + "\"") + " is not of the form "
                + (redis ? "id:redis://[user:password@]host:port[/database]" : "id:host:port") + "; a right value is "
                + setting + "=\"" + (redis ? REDIS_EXAMPLE : EXAMPLE) + "\"");
    }

    private static String shown(String setting, String text) {
        return setting + "=\"" + RedisAccess.withoutLogin(text) + "\"";
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** A failure of this node, in whose message the node comes first. */
    public NodeFailure failure(NodeFailure.Kind kind, String what, @Nullable Throwable cause) {
        return new NodeFailure(kind, "node " + id + " (" + hostAndPort() + ") " + what, cause);
    }

    /** The address without the id: {@code host:port}. */
    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The whole address, without a login: {@code id:host:port}. */
    @Override
    public String toString() {
        return id + ":" + withoutId();
    }

    String withoutId() {
        if (redis == null) {
            return hostAndPort();
        }
        return redis.scheme() + hostAndPort() + (redis.database() == 0 ? "" : "/" + redis.database());
    }
}
