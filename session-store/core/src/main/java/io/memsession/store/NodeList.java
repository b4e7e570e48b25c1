package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list of nodes as discovery tells it, in the format of ElastiCache's configuration endpoint: a line with the list's
 * version, then {@code host|ip|port} for each node, separated by blanks.
 *
 * <p>A node's id is the hash of its {@code host:port}, and the ids decide the order, so that a node that joins or
 * leaves renumbers nobody.
 *
 * @param version the larger, the newer
 * @param nodes the nodes, in the order of their ids
 */
record NodeList(long version, List<NodeAddress> nodes) {
    private static final int MOST_NODES = 100;
    private static final int ID_LENGTH = 8;
    private static final String NAME = "[A-Za-z0-9._:-]{0,253}";
    private static final Pattern NODE = Pattern.compile("(" + NAME + ")\\|(" + NAME + ")\\|(\\d{1,5})");
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    /** What a node's id looks like. */
    static final Pattern ID = Pattern.compile("[0-9a-f]{" + ID_LENGTH + "}");

    /** Reads one; a node is reached by its name, or by its address where it has no name. */
    static NodeList parse(String text) throws ProtocolException {
        String[] parts = text.strip().split("\\s+");
        if (!VERSION.matcher(parts[0]).matches()) {
            throw new ProtocolException("a list of nodes that does not begin with its version");
        }
        if (parts.length < 2 || parts.length > 1 + MOST_NODES) {
            throw new ProtocolException("a list of " + (parts.length - 1) + " nodes");
        }
        List<NodeAddress> nodes = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (int i = 1; i < parts.length; i++) {
            NodeAddress node = node(parts[i]);
            if (!ids.add(node.id())) {
                throw new ProtocolException("a list in which a node stands twice");
            }
            nodes.add(node);
        }
        nodes.sort(Comparator.comparing(NodeAddress::id));
        return new NodeList(Long.parseLong(parts[0]), List.copyOf(nodes));
    }

    /** The list that is kept there; empty if it is none, which says nothing, as one that is missing. */
    static Optional<NodeList> in(Copy copy) {
        try {
            return Optional.of(parse(new String(copy.value(), ISO_8859_1)));
        } catch (ProtocolException e) {
            return Optional.empty();
        }
    }

    /** The newest of them. */
    static Optional<NodeList> newest(Stream<NodeList> lists) {
        return lists.max(Comparator.comparingLong(NodeList::version));
    }

    private static NodeAddress node(String triple) throws ProtocolException {
        Matcher matcher = NODE.matcher(triple);
        if (!matcher.matches()) {
            throw new ProtocolException("a node that is not of the form host|ip|port");
        }
        String host = matcher.group(1).isEmpty() ? matcher.group(2) : matcher.group(1);
        int port = Integer.parseInt(matcher.group(3));
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new ProtocolException("a node without host or port");
        }
        return new NodeAddress(Digest.of(host + ":" + port).substring(0, ID_LENGTH), host, port);
    }

    /** The list as it was read. */
    String text() {
        return version + "\n"
                + nodes.stream().map(node -> node.host() + "||" + node.port()).collect(Collectors.joining(" "));
    }

    /**
     * A short name that no other list has: a node that was complete when the same nodes were told before may lack much.
     */
    String name() {
        return Digest.of(text()).substring(0, ID_LENGTH);
    }
}
