package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import io.memsession.store.Membership;
import io.memsession.store.NodeAddress;
import io.memsession.store.RedisAccess;
import io.memsession.store.StoreConfig;
import io.memsession.store.WhenUnavailable;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Manager's attributes, checked once: an instance that exists is a usable one.
 *
 * @param store the engine's settings
 * @param protection what protects sessions from who reaches the nodes
 * @param encoding how attributes become bytes
 * @param binary whether memcached's binary protocol is spoken; otherwise its text protocol
 * @param nodesInIds whether session ids name their node; not where there is a single node without an id
 * @param failoverNodes the ids of the nodes that new sessions get only when no other is up
 * @param sticky whether sessions stay in this server between requests
 * @param enabled whether sessions are kept in the nodes at all
 * @param inBackground whether a sticky session is kept after the answer
 * @param backupThreads how many threads keep sessions in the background
 * @param locking which requests have a session to themselves
 * @param ignored which requests have nothing to do with sessions; null for none
 * @param keptAttributes which attributes are kept, by name; null for all
 * @param statistics whether operations are counted and timed
 * @param maxInactiveInterval how long a new session may go without an access, negative for ever; null means as long as
 *     the context's session timeout says
 */
record Settings(
        StoreConfig store,
        Protection protection,
        Encoding encoding,
        boolean binary,
        boolean nodesInIds,
        Set<String> failoverNodes,
        boolean sticky,
        boolean enabled,
        boolean inBackground,
        int backupThreads,
        Locking locking,
        @Nullable RequestPattern ignored,
        @Nullable Pattern keptAttributes,
        boolean statistics,
        @Nullable Duration maxInactiveInterval) {
    static final String NODES = "memcachedNodes";
    private static final String DEFAULT_PREFIX = "host,context,webappVersion";

    /**
     * Reads them.
     *
     * @throws ConfigException if one of them cannot be used; the message names it and shows a right value
     */
    static Settings read(AttributeValues values, KeyPrefix.Place place) {
        Protection protection = Protection.read(values::text);
        StoreConfig store = store(values, place).withSealing(protection.sealing());
        Pattern ignored = values.pattern("requestUriIgnorePattern", ".*\\.(png|gif|jpg|css|js|ico)$");
        boolean sticky = values.flag("sticky", true);
        boolean enabled = values.flag("enabled", true);
        if (!enabled && !sticky) {
            throw new ConfigException(
                    "enabled=\"false\" with sticky=\"false\": without nodes sessions can only stay in this server; "
                            + "write sticky=\"true\" with it");
        }
        return new Settings(
                store,
                protection,
                Encoding.read(values::text),
                binary(values.text("memcachedProtocol", "binary")),
                store.membership().inIds(),
                failoverNodes(values.text("failoverNodes", ""), store.membership()),
                sticky,
                enabled,
                values.flag("sessionBackupAsync", false),
                (int) values.number("backupThreadCount", Runtime.getRuntime().availableProcessors(), 1, 1024),
                Locking.read(values),
                ignored == null ? null : new RequestPattern(ignored),
                values.pattern("sessionAttributeFilter", "user.*|cart"),
                values.flag("enableStatistics", true),
                values.text("maxInactiveInterval") == null
                        ? null
                        : Timeouts.duration((int) values.number("maxInactiveInterval", 1800, -1, Integer.MAX_VALUE)));
    }

    private static StoreConfig store(AttributeValues values, KeyPrefix.Place place) {
        String prefix = values.text("storageKeyPrefix", DEFAULT_PREFIX);
        return prefixed(membership(values.text(NODES)), prefix, KeyPrefix.of(prefix, place))
                .withOperationTimeout(Duration.ofMillis(values.number("operationTimeout", 250, 1, 60_000)))
                .withAccessPrecision(values.millis("accessPrecision", 60_000, 0))
                .withMaxRecordSize((int) values.number("maxRecordSize", 1_000_000, 1024, 128 << 20))
                .withWhenUnavailable(whenUnavailable(values.text("whenUnavailable", "error")))
                .withLine(LineAttributes.read(values, binary(values.text("memcachedProtocol", "binary"))));
    }

    private static Membership membership(@Nullable String text) {
        if (text == null) {
            throw new ConfigException(NODES + " is missing; it says where the memcached servers are, as in " + NODES
                    + "=\"n1:host1:11211,n2:host2:11211\"");
        }
        if (text.replaceAll("rediss?://", "").contains("://")) {
            throw new ConfigException(NODES + "=\"" + RedisAccess.withoutLogin(text)
                    + "\": couchbase buckets and other URLs are not supported; "
                    + "name two memcached servers instead, as in " + NODES + "=\"n1:host1:11211,n2:host2:11211\"");
        }
        return Membership.parse(NODES, text);
    }

    private static Set<String> failoverNodes(String text, Membership membership) {
        String name = "failoverNodes";
        List<NodeAddress> nodes = membership.nodes();
        if (text.isEmpty()) {
            return Set.of();
        }
        if (membership.kind() != Membership.Kind.NAMED) {
            throw AttributeValues.wrong(
                    name, text, "names nodes, which " + NODES + "=\"" + membership + "\" does not", "");
        }
        Set<String> known = nodes.stream().map(NodeAddress::id).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> failover = new LinkedHashSet<>(List.of(text.split("[,\\s]+")));
        String last = nodes.get(nodes.size() - 1).id();
        if (!known.containsAll(failover)) {
            throw AttributeValues.wrong(name, text, "names a node that is not among " + NODES + " " + known, last);
        }
        if (failover.size() == known.size()) {
            throw AttributeValues.wrong(
                    name,
                    text,
                    "names all nodes; at least one has to be left for new sessions",
                    nodes.size() > 1 ? last : "");
        }
        return Set.copyOf(failover);
    }

    private static StoreConfig prefixed(Membership nodes, String tokens, String prefix) {
        try {
            return StoreConfig.of(nodes, prefix);
        } catch (ConfigException e) {
            throw AttributeValues.wrong(
                    "storageKeyPrefix",
                    tokens,
                    "cannot be used here (" + e.getMessage() + ")",
                    "host.hash,context.hash,webappVersion");
        }
    }

    private static WhenUnavailable whenUnavailable(String what) {
        return AttributeValues.isFirst("whenUnavailable", what, "error", "newSession", "error")
                ? WhenUnavailable.ERROR
                : WhenUnavailable.NEW_SESSION;
    }

    private static boolean binary(String protocol) {
        return AttributeValues.isFirst("memcachedProtocol", protocol, "binary", "text", "binary");
    }

    /** Whether an attribute of that name is kept. */
    boolean keeps(String attribute) {
        return keptAttributes == null || keptAttributes.matcher(attribute).matches();
    }

    /** Whether a new session may have that node as its primary while others are up. */
    boolean regular(String node) {
        return !failoverNodes.contains(node);
    }
}
