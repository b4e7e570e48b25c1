package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.Engine;
import org.apache.catalina.util.StandardSessionIdGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every attribute of memcached-session-manager's Manager does what it did, or is named in the log at start. */
class MsmAttributesTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
    }

    @AfterAll
    static void stop() {
        n1.close();
        n2.close();
    }

    private static Arguments used(String name, String value, Function<Settings, Object> meaning, Object means) {
        return used("true", name, value, meaning, means);
    }

    private static Arguments used(
            String sticky, String name, String value, Function<Settings, Object> meaning, Object means) {
        return Arguments.of(name, value, Map.of("sticky", sticky), meaning, means);
    }

    static Stream<Arguments> thatAreUsed() {
        String here = n1.address("a") + " " + n2.address("b");
        return Stream.of(
                used(
                        "memcachedNodes",
                        here,
                        settings -> settings.store().nodes().size(),
                        2),
                used("memcachedNodes", "127.0.0.1:" + n1.port(), Settings::nodesInIds, false),
                used("failoverNodes", "n1", Settings::failoverNodes, Set.of("n1")),
                used("memcachedProtocol", "text", Settings::binary, false),
                used("memcachedProtocol", "binary", Settings::binary, true),
                used("sticky", "false", Settings::sticky, false),
                used(
                        "false",
                        "lockingMode",
                        "all",
                        settings -> settings.locking().mode(),
                        Locking.Mode.ALL),
                used(
                        "false",
                        "lockingMode",
                        "AUTO",
                        settings -> settings.locking().mode(),
                        Locking.Mode.AUTO),
                used(
                        "false",
                        "lockingMode",
                        "none",
                        settings -> settings.locking().mode(),
                        Locking.Mode.NONE),
                used(
                        "false",
                        "lockingMode",
                        "uriPattern:GET /a.*",
                        settings -> settings.locking().mode(),
                        Locking.Mode.URI_PATTERN),
                used("false", "lockExpiration", "7", s -> s.locking().expiration(), Duration.ofSeconds(7)),
                used("operationTimeout", "1000", s -> s.store().operationTimeout(), Duration.ofSeconds(1)),
                used(
                        "requestUriIgnorePattern",
                        ".*\\.css$",
                        s -> String.valueOf(s.ignored()),
                        "RequestPattern[expression=.*\\.css$]"),
                used("sessionBackupAsync", "true", Settings::inBackground, true),
                used("backupThreadCount", "3", Settings::backupThreads, 3),
                used(
                        "storageKeyPrefix",
                        "static:shop,webappVersion",
                        s -> s.store().keyPrefix(),
                        "shop"),
                used("sessionAttributeFilter", "cart|user", s -> s.keeps("cart") && !s.keeps("carts"), true),
                used("enableStatistics", "false", Settings::statistics, false),
                used("enabled", "false", Settings::enabled, false),
                used("maxInactiveInterval", "90", Settings::maxInactiveInterval, Duration.ofSeconds(90)));
    }

    private static AppServer server(Map<String, String> attributes, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(attributes);
        all.put(name, value);
        return AppServer.on(
                all,
                context -> ((Engine) context.getParent().getParent()).setJvmRoute(isSticky(all) ? "r1" : null),
                n1,
                n2);
    }

    private static boolean isSticky(Map<String, String> attributes) {
        return attributes.get("sticky").equals("true");
    }

    @ParameterizedTest(name = "{0}={1}")
    @MethodSource("thatAreUsed")
    void meanTheSame(
            String name,
            String value,
            Map<String, String> attributes,
            Function<Settings, Object> meaning,
            Object means) {
        try (LogLines lines = new LogLines();
                AppServer server = server(attributes, name, value)) {
            assertThat(server.context().getState().isAvailable()).isTrue();
            assertThat(meaning.apply(server.manager().settings())).isEqualTo(means);
            assertThat(lines.with(name)).isEmpty();
        }
    }

    @ParameterizedTest(name = "{1}={2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "true|sessionBackupTimeout|1000|operationTimeout",
                "true|transcoderFactoryClass|de.javakaffee.web.msm.JavaSerializationTranscoderFactory|Kryo",
                "true|copyCollectionsForSerialization|true|written again",
                "true|customConverter|com.acme.JodaConverter|Java serialization",
                "true|lockingMode|all|in one server",
                "false|sessionBackupAsync|true|before the answer ends",
            })
    void orAreNamedInOneLineWithWhatReplacesThem(String sticky, String name, String value, String instead) {
        try (LogLines lines = new LogLines();
                AppServer server = server(Map.of("sticky", sticky), name, value)) {
            assertThat(server.context().getState().isAvailable()).isTrue();
            assertThat(lines.with(name)).hasSize(1);
            assertThat(lines.with(name).get(0)).contains("is not used").contains(instead);
        }
    }

    @Test
    void idsAreAsLongAsTheirGeneratorSays() {
        StandardSessionIdGenerator generator = new StandardSessionIdGenerator();
        generator.setSessionIdLength(24);
        try (AppServer server = Pages.on(
                AppServer.on(Map.of(), context -> context.getManager().setSessionIdGenerator(generator), n1, n2))) {
            assertThat(server.get("/set?name=x&value=1", "").cookie()).matches("[0-9A-F]{48}-n[12]");
        }
    }

    /** What there is no replacement for stops the start, and its message says what to write. */
    @ParameterizedTest
    @CsvSource({"http://host:8091/pools", "couchbase://user:hidden@host", "rediss://user:hidden@host"})
    void orStopTheStartWhereTheyNameNoMemcached(String nodes) {
        AttributeValues values = new AttributeValues(Map.of("memcachedNodes", nodes));
        assertThatThrownBy(() -> Settings.read(values, new KeyPrefix.Place("localhost", "/", "")))
                .hasMessageMatching(".* memcachedNodes=\"n1:(host1:11211,n2:host2:11211|redis://host1:6379.*)\"")
                .hasMessageNotContaining("hidden");
        try (AppServer server = server(Map.of("sticky", "true"), "memcachedNodes", nodes)) {
            assertThat(server.context().getState().isAvailable()).isFalse();
        }
    }

    /** A Redis is spoken to by a jar that is not there in these tests. */
    @Test
    void orStopTheStartWhereTheJarForRedisIsMissing() {
        String nodes = "n1:redis://user:hidden@host1:6379,n2:redis://host2:6379";
        try (AppServer server = server(Map.of("sticky", "true"), "memcachedNodes", nodes)) {
            assertThat(server.context().getState().isAvailable()).isFalse();
            assertThat(((MemcachedSessionManager) server.context().getManager()).getMemcachedNodes())
                    .isEqualTo("n1:redis://…@host1:6379,n2:redis://host2:6379");
        }
    }

    /** Those that any Manager of Tomcat has. */
    @ParameterizedTest
    @CsvSource({"maxActiveSessions, 1", "processExpiresFrequency, 2", "secureRandomAlgorithm, SHA1PRNG"})
    void andThoseOfTomcatHold(String name, String value) {
        try (AppServer server = Pages.on(server(Map.of("sticky", "true"), name, value))) {
            assertThat(server.get("/set?name=x&value=1", "").status()).isEqualTo(200);
            int second = server.get("/set?name=x&value=1", "").status();
            assertThat(second).isEqualTo(name.equals("maxActiveSessions") ? 500 : 200);
        }
    }
}
