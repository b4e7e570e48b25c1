package io.memsession.spring;

import io.memsession.store.CompressingCodec;
import io.memsession.store.ConfigException;
import io.memsession.store.Membership;
import io.memsession.store.NodeAddress;
import io.memsession.store.StoreConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.FlushMode;
import org.springframework.util.unit.DataSize;

/** The application's properties as settings of the engine, each checked under its own name. */
final class StoreSettings {
    private static final String UNNAMED = "memsession-app";
    private static final int LONGEST_PREFIX = 100;
    private static final String EMBEDDED = "embedded";

    private StoreSettings() {}

    /**
     * The engine's settings.
     *
     * @param applicationName the application's name, if it has one
     * @throws PropertyException if a property cannot be used
     */
    static StoreConfig of(MemsessionProperties properties, Membership nodes, @Nullable String applicationName) {
        String prefix = given(properties.keyPrefix()).orElseGet(() -> prefix(applicationName));
        StoreConfig config = checked("memsession.key-prefix", () -> StoreConfig.of(nodes, prefix));
        StoreConfig timed = checked(
                "memsession.operation-timeout", () -> config.withOperationTimeout(properties.operationTimeout()));
        StoreConfig precise =
                checked("memsession.access-precision", () -> timed.withAccessPrecision(properties.accessPrecision()));
        StoreConfig sealed = precise.withSealing(Protection.sealing(properties.encryption()))
                .withWhenUnavailable(properties.whenUnavailable());
        return checked(
                "memsession.max-record-size",
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
    static Membership membership(List<String> nodes) {
        if (embedded(nodes)) {
            return Membership.named(List.of(new NodeAddress(EMBEDDED, "localhost", 1)));
        }
        String text = String.join(",", nodes);
        if (text.replace(',', ' ').isBlank()) {
            throw new PropertyException("memsession.nodes", "is not set, so there is nowhere to keep HTTP sessions.");
        }
        return checked("memsession.nodes", () -> Membership.parse("memsession.nodes", text));
    }

    /**
     * How long sessions live beyond their timeout.
     *
     * @throws PropertyException if a duration is not positive
     */
    static SessionLimits limits(MemsessionProperties properties) {
        positive("memsession.max-lifetime", properties.maxLifetime());
        positive("memsession.new-session-timeout", properties.newSessionTimeout());
        return new SessionLimits(properties.maxLifetime(), properties.newSessionTimeout());
    }

    private static void positive(String property, @Nullable Duration value) {
        refuse(property, value != null && (value.isZero() || value.isNegative()), value + " is not positive");
    }

    /**
     * The size above which attributes are compressed; none if none is.
     *
     * @throws PropertyException if it is negative
     */
    static int compressionThreshold(MemsessionProperties properties) {
        DataSize threshold = properties.compressionThreshold();
        if (threshold == null) {
            return CompressingCodec.OFF;
        }
        refuse("memsession.compression-threshold", threshold.isNegative(), threshold + " is negative");
        return (int) Math.min(threshold.toBytes(), CompressingCodec.OFF);
    }

    /**
     * Refuses a precision that is coarser than the timeout: sessions would live on for long after it.
     *
     * @throws PropertyException if it is
     */
    static void requireFinerThan(Duration timeout, @Nullable Duration precision) {
        refuse(
                "memsession.access-precision",
                precision != null && !timeout.isNegative() && precision.compareTo(timeout) > 0,
                precision + " is longer than the session timeout, " + timeout);
    }

    /**
     * Refuses what only servlet applications can have, where it would be passed over in silence.
     *
     * @throws PropertyException if there is some
     */
    static void requireReactive(MemsessionProperties properties) {
        onlyForServlets("memsession.flush-mode", properties.flushMode() == FlushMode.IMMEDIATE);
        onlyForServlets("memsession.jvm-route", given(properties.jvmRoute()).isPresent());
        onlyForServlets(
                "memsession.no-touch.paths", !properties.noTouch().paths().isEmpty());
        onlyForServlets(
                "memsession.no-touch.headers", !properties.noTouch().headers().isEmpty());
        onlyForServlets("memsession.ignored-paths", !properties.ignoredPaths().isEmpty());
    }

    private static void onlyForServlets(String property, boolean said) {
        refuse(property, said, "it is for servlet applications, and this one is reactive");
    }

    static void refuse(String property, boolean refused, String why) {
        if (refused) {
            throw new PropertyException(property, "cannot be used: " + why);
        }
    }

    /** A text that an application gave; one that is empty is none, as of a variable that is not set. */
    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(given -> !given.isBlank());
    }

    /**
     * The route of this server; empty if it has none.
     *
     * @throws PropertyException if it cannot stand in a cookie
     */
    static Optional<String> route(MemsessionProperties properties) {
        Optional<String> route = given(properties.jvmRoute());
        refuse(
                "memsession.jvm-route",
                !route.orElse("none").matches("[A-Za-z0-9_-]{1,64}"),
                "\"" + route.orElse("") + "\" cannot stand at the end of a session id");
        return route;
    }

    static <T> T checked(String property, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (ConfigException | ArithmeticException e) {
            throw new PropertyException(property, "cannot be used: " + e.getMessage());
        }
    }

    /** The application's name as a prefix of keys: what cannot stand there is a dash. */
    static String prefix(@Nullable String applicationName) {
        String name = applicationName == null ? "" : applicationName.strip().replaceAll("[^A-Za-z0-9._-]", "-");
        String prefix = name.length() > LONGEST_PREFIX ? name.substring(0, LONGEST_PREFIX) : name;
        return prefix.isEmpty() || prefix.equals("memsession") ? UNNAMED : prefix;
    }
}
