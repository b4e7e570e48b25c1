package io.memsession.store;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who says which nodes there are: the settings, one by one; an address that knows them, and is asked again and again;
 * or nobody, where one address has to be taken as it is.
 *
 * @param kind how the nodes are told
 * @param addresses the nodes; where they are discovered, the address that is asked
 */
public record Membership(Kind kind, List<NodeAddress> addresses) {
    /** The id of what stands behind an opaque address; no session id names it. */
    public static final String UNNAMED = "memcached";

    private static final String UNNAMED_REDIS = "redis";

    private static final String DISCOVER = "discover:";
    private static final String SOURCE = "discovery";
    private static final Pattern ONE = Pattern.compile("(?:[^:,\\s\\[\\]/]+|\\[[0-9A-Fa-f:.]+]):\\d{1,5}");
    private static final Pattern REDIS = Pattern.compile("(?s)rediss?://.*");
    private static final Pattern DISCOVERED = Pattern.compile(DISCOVER + "(" + ONE + ")");

    /** How the nodes are told. */
    public enum Kind {
        /** One by one, with ids. */
        NAMED,
        /** By an address that knows them. */
        DISCOVERED,
        /** Not at all: behind one address is whatever there is. */
        OPAQUE
    }

    /** Checks that there is an address. */
    public Membership {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new ConfigException("nodes: at least one is needed, as in n1:host1:11211,n2:host2:11211");
        }
    }

    /** These nodes, in the order that decides homes. */
    public static Membership named(List<NodeAddress> nodes) {
        return new Membership(Kind.NAMED, nodes);
    }

    /**
     * Reads {@code n1:host1:11211,n2:host2:11211}, {@code discover:host:11211} or {@code host:11211}; a Redis stands
     * there as {@code n1:redis://host1:6379} or {@code redis://host:6379}.
     *
     * @param setting the name of the setting that the text comes from, for the error
     * @throws ConfigException if the text is none of these; the message names the setting and shows a right value
     */
    public static Membership parse(String setting, String text) {
        String address = text.trim();
        if (ONE.matcher(address).matches()) {
            return new Membership(Kind.OPAQUE, NodeAddress.parseList(setting, UNNAMED + ":" + address));
        }
        if (REDIS.matcher(address).matches()) {
            return opaqueRedis(setting, address);
        }
        Matcher discovered = DISCOVERED.matcher(address);
        if (discovered.matches()) {
            return new Membership(Kind.DISCOVERED, NodeAddress.parseList(setting, SOURCE + ":" + discovered.group(1)));
        }
        if (address.startsWith(DISCOVER)) {
            throw new ConfigException(setting + "=\"" + RedisAccess.withoutLogin(text)
                    + "\" is not of the form discover:host:port; a right value is " + setting
                    + "=\"discover:host:11211\"");
        }
        return named(NodeAddress.parseList(setting, text));
    }

    private static Membership opaqueRedis(String setting, String address) {
        List<NodeAddress> one = NodeAddress.parseList(setting, UNNAMED_REDIS + ":" + address);
        if (one.size() > 1) {
            throw new ConfigException(setting + "=\"" + RedisAccess.withoutLogin(address)
                    + "\": several nodes need an id each; a right value is " + setting
                    + "=\"n1:redis://host1:6379,n2:redis://host2:6379\"");
        }
        return new Membership(Kind.OPAQUE, one);
    }

    /** The nodes, as far as the settings tell them. */
    public List<NodeAddress> nodes() {
        return kind == Kind.DISCOVERED ? List.of() : addresses;
    }

    /** Whether session ids name the node that keeps them. */
    public boolean inIds() {
        return kind != Kind.OPAQUE;
    }

    /** As it is written in a setting. */
    @Override
    public String toString() {
        return switch (kind) {
            case NAMED ->
                String.join(",", addresses.stream().map(NodeAddress::toString).toList());
            case DISCOVERED -> DISCOVER + addresses.get(0).hostAndPort();
            case OPAQUE -> addresses.get(0).withoutId();
        };
    }
}
