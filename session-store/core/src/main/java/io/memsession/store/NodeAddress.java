package io.memsession.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node is.
 *
 * @param id the node's id in session ids and logs: letters, digits and underscores
 * @param host a host name or an address, an IPv6 one without brackets
 * @param port the TCP port, 1 to 65535
 */
public record NodeAddress(String id, String host, int port) {
    private static final Pattern ONE = Pattern.compile("(\\w{1,32}):(\\[[0-9A-Fa-f:.]+]|[^:\\s,\\[\\]]+):(\\d{1,5})");
    private static final String EXAMPLE = "n1:host1:11211,n2:host2:11211";

    /** Checks the port. */
    public NodeAddress {
        if (port < 1 || port > 65535) {
            throw new ConfigException("port " + port + " of node " + id + " is not between 1 and 65535");
        }
    }

    /**
     * Reads a list such as {@code n1:host1:11211,n2:host2:11211}; commas or white space separate.
     *
     * @param setting the name of the setting that the text comes from, for the error
     * @throws ConfigException if the text is no such list; the message names the setting and shows a right value
     */
    public static List<NodeAddress> parseList(String setting, String text) {
        List<NodeAddress> addresses = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        Set<String> servers = new HashSet<>();
        for (String part : text.trim().split("[,\\s]+")) {
            Matcher matcher = ONE.matcher(part);
            if (!matcher.matches()) {
                throw new ConfigException(setting + "=\"" + text + "\": \"" + part
                        + "\" is not of the form id:host:port; a right value is " + setting + "=\"" + EXAMPLE + "\"");
            }
            if (!ids.add(matcher.group(1))) {
                throw new ConfigException(setting + "=\"" + text + "\": the node id \"" + matcher.group(1)
                        + "\" stands there twice; give each node an id of its own, as in \"" + EXAMPLE + "\"");
            }
            NodeAddress address = new NodeAddress(
                    matcher.group(1), withoutBrackets(matcher.group(2)), Integer.parseInt(matcher.group(3)));
            if (!servers.add(address.hostAndPort())) {
                throw new ConfigException(setting + "=\"" + text + "\": " + address.hostAndPort()
                        + " stands there twice, and one server keeps one copy; name two, as in \"" + EXAMPLE + "\"");
            }
            addresses.add(address);
        }
        return List.copyOf(addresses);
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The address without the id: {@code host:port}. */
    public String hostAndPort() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** The whole address: {@code id:host:port}. */
    @Override
    public String toString() {
        return id + ":" + hostAndPort();
    }
}
