package io.memsession.spring;

import io.memsession.store.ConfigException;
import io.memsession.store.NodeAddress;
import io.memsession.store.StoreConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The application's properties as settings of the engine, each checked under its own name. */
final class StoreSettings {
    private static final String UNNAMED = "memsession-app";
    private static final int LONGEST_PREFIX = 100;
    private static final String EMBEDDED = "embedded";
    private static final String NODES = "memsession.nodes=n1:host1:11211,n2:host2:11211";

    private StoreSettings() {}

    /**
     * The engine's settings.
     *
     * @param applicationName the application's name, if it has one
     * @throws PropertyException if a property cannot be used
     */
    static StoreConfig of(MemsessionProperties properties, List<NodeAddress> nodes, @Nullable String applicationName) {
        String prefix = properties.keyPrefix() == null ? prefix(applicationName) : properties.keyPrefix();
        StoreConfig config = checked(
                "memsession.key-prefix",
                "Set it to a short name of letters, digits and dashes, such as memsession.key-prefix=shop.",
                () -> StoreConfig.of(nodes, prefix));
        StoreConfig timed = checked(
                "memsession.operation-timeout",
                "Set it to a duration such as memsession.operation-timeout=250ms.",
                () -> config.withOperationTimeout(properties.operationTimeout()));
        StoreConfig precise = checked(
                "memsession.access-precision",
                "Set it to a duration such as memsession.access-precision=30s, or leave it out.",
                () -> timed.withAccessPrecision(properties.accessPrecision()));
        StoreConfig sealed = precise.withSealing(Protection.sealing(properties.encryption()))
                .withWhenUnavailable(properties.whenUnavailable());
        return checked(
                "memsession.max-record-size",
                "Set it to a size below the memcacheds' item limit, such as memsession.max-record-size=900KB.",
                () -> sealed.withMaxRecordSize(
                        (int) Math.min(properties.maxRecordSize().toBytes(), Integer.MAX_VALUE)));
    }

    /** Whether the records are to be kept inside this JVM. */
    static boolean embedded(List<String> nodes) {
        return nodes.size() == 1 && nodes.get(0).strip().equals(EMBEDDED);
    }

    /**
     * The nodes that the property says.
     *
     * @throws PropertyException if it cannot be used
     */
    static List<NodeAddress> nodes(List<String> nodes) {
        if (embedded(nodes)) {
            return List.of(new NodeAddress(EMBEDDED, "localhost", 1));
        }
        String text = String.join(",", nodes);
        if (text.isBlank()) {
            throw new PropertyException(
                    "memsession.nodes",
                    "is not set, so there is nowhere to keep HTTP sessions.",
                    "Set it to the memcached servers, such as " + NODES
                            + ". To try it without any, set memsession.nodes=embedded: sessions then stay inside"
                            + " this JVM. memsession.enabled=false leaves them to the servlet container.");
        }
        return checked(
                "memsession.nodes",
                "Write each memcached server as id:host:port, such as " + NODES + ".",
                () -> NodeAddress.parseList("memsession.nodes", text));
    }

    /**
     * How long sessions live beyond their timeout.
     *
     * @throws PropertyException if a duration is not positive
     */
    static SessionLimits limits(MemsessionProperties properties) {
        positive("memsession.max-lifetime", properties.maxLifetime(), "12h");
        positive("memsession.new-session-timeout", properties.newSessionTimeout(), "5m");
        return new SessionLimits(properties.maxLifetime(), properties.newSessionTimeout());
    }

    private static void positive(String property, @Nullable Duration value, String example) {
        if (value != null && (value.isZero() || value.isNegative())) {
            throw new PropertyException(
                    property,
                    "cannot be used: " + value + " is not positive",
                    "Set it to a duration such as " + property + "=" + example + ", or leave it out.");
        }
    }

    /**
     * The route of this server; empty if it has none.
     *
     * @throws PropertyException if it cannot stand in a cookie
     */
    static Optional<String> route(MemsessionProperties properties) {
        String route = properties.jvmRoute();
        if (route != null && !route.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new PropertyException(
                    "memsession.jvm-route",
                    "cannot be used: \"" + route + "\" cannot stand at the end of a session id",
                    "Use letters, digits and dashes, such as memsession.jvm-route=app1.");
        }
        return Optional.ofNullable(route);
    }

    static <T> T checked(String property, String remedy, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (ConfigException | ArithmeticException e) {
            throw new PropertyException(property, "cannot be used: " + e.getMessage(), remedy);
        }
    }

    /** The application's name as a prefix of keys: what cannot stand there is a dash. */
    static String prefix(@Nullable String applicationName) {
        String name = applicationName == null ? "" : applicationName.strip().replaceAll("[^A-Za-z0-9._-]", "-");
        String prefix = name.length() > LONGEST_PREFIX ? name.substring(0, LONGEST_PREFIX) : name;
        return prefix.isEmpty() || prefix.equals("memsession") ? UNNAMED : prefix;
    }
}
