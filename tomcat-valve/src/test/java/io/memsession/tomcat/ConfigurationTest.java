package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.ConfigException;
import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Manager's attributes, right and wrong, and its start and stop. */
class ConfigurationTest {
    private static final KeyPrefix.Place PLACE = new KeyPrefix.Place("localhost", "/shop", "");
    private static final String NODES = "n1:127.0.0.1:11211,n2:127.0.0.1:11212";

    private static Settings read(Map<String, String> attributes) {
        Map<String, String> all = new HashMap<>(Map.of("sticky", "false", "memcachedNodes", NODES));
        all.putAll(attributes);
        return Settings.read(new AttributeValues(all), PLACE);
    }

    @Test
    void nodesAndNonStickyAreComplete() {
        Settings settings = read(Map.of());
        assertThat(settings.store().keyPrefix()).isEqualTo("localhost:/shop");
        assertThat(settings.store().operationTimeout()).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.binary()).isTrue();
        assertThat(settings.maxInactiveInterval()).isNull();
    }

    @Test
    void everyAttributeIsRead() {
        Settings settings = read(Map.of(
                "operationTimeout", "100",
                "storageKeyPrefix", "static:x",
                "memcachedProtocol", "text",
                "accessPrecision", "500",
                "maxInactiveInterval", "0"));
        assertThat(settings.store().operationTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.store().keyPrefix()).isEqualTo("x");
        assertThat(settings.binary()).isFalse();
        assertThat(settings.store().accessPrecision()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.maxInactiveInterval()).isNegative();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memcachedNodes|''|memcachedNodes=\"n1:host1:11211,n2:host2:11211\"",
                "memcachedNodes|http://host:8091/bucket|n1:host1:11211,n2:host2:11211",
                "memcachedNodes|host1:1,host2:2|n1:host1:11211,n2:host2:11211",
                "memcachedNodes|n1:a:1,n1:b:2|n1:host1:11211,n2:host2:11211",
                "failoverNodes|n3|failoverNodes=\"n2\"",
                "failoverNodes|n1 n2|failoverNodes=\"n2\"",
                "lockingMode|app|lockingMode=\"uriPattern:/shop/cart.*\"",
                "lockingMode|uriPattern:(|lockingMode=\"uriPattern:/shop/cart.*\"",
                "lockUnavailableStatus|500|lockUnavailableStatus=\"503\"",
                "lockExpiration|1|lockExpiration=\"5\"",
                "requestUriIgnorePattern|*.png|requestUriIgnorePattern=\"",
                "sessionAttributeFilter|[|sessionAttributeFilter=\"",
                "backupThreadCount|0|backupThreadCount=\"",
                "enabled|false|sticky=\"true\"",
                "sticky|flase|sticky=\"false\"",
                "operationTimeout|fast|operationTimeout=\"250\"",
                "operationTimeout|0|operationTimeout=\"250\"",
                "storageKeyPrefix|hots|storageKeyPrefix=\"static:shop,context\"",
                "storageKeyPrefix|static:memsession|storageKeyPrefix=\"host.hash,context.hash,webappVersion\"",
                "whenUnavailable|newsession!|whenUnavailable=\"error\"",
                "memcachedProtocol|ascii|memcachedProtocol=\"binary\"",
                "accessPrecision|-1|accessPrecision=\"60000\"",
                "maxInactiveInterval|30 min|maxInactiveInterval=\"1800\"",
                "username|shop|password is missing",
                "password|hidden|username is missing",
                "sslEnabled|on|sslEnabled=\"true\"",
                "truststoreFile|trusted.pem|sslEnabled=\"true\"",
            })
    void aWrongAttributeIsNamedAndARightOneShown(String name, String value, String right) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(right);
    }

    @Test
    void everythingButTheNodesHasADefault() {
        Settings settings = Settings.read(new AttributeValues(Map.of("memcachedNodes", NODES)), PLACE);
        assertThat(settings.sticky()).isTrue();
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.inBackground()).isFalse();
        assertThat(settings.locking().mode()).isEqualTo(Locking.Mode.NONE);
        assertThat(settings.nodesInIds()).isTrue();
    }

    @Test
    void aSingleNodeMayBeWrittenWithoutAnId() {
        Settings settings = Settings.read(new AttributeValues(Map.of("memcachedNodes", "host1:11211")), PLACE);
        assertThat(settings.nodesInIds()).isFalse();
        assertThat(settings.store().nodes()).hasSize(1);
    }

    @Test
    void whatIsOfNoUseIsNamedWithWhatReplacesIt() {
        AttributeValues values = new AttributeValues(Map.of(
                "memcachedNodes", NODES,
                "sticky", "false",
                "sessionBackupAsync", "true",
                "sessionBackupTimeout", "100",
                "transcoderFactoryClass", "de.javakaffee.web.msm.serializer.kryo.KryoTranscoderFactory",
                "customConverter", "x.Y",
                "copyCollectionsForSerialization", "true"));
        assertThat(FormerAttributes.lines(values, Settings.read(values, PLACE), false))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("sessionBackupAsync"))
                .anyMatch(line -> line.startsWith("transcoderFactoryClass"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host,context,webappVersion|a.example|/shop|1.0.2|a.example:/shop:1.0.2",
                "host,context,webappVersion|a.example|/|''|a.example:/",
                "host,context,webappVersion|a.example|/|v1|a.example:/:v1",
                "context|h|/a b:ü%|''|/a%20b%3A%C3%BC%25",
                "static:x,host.hash|localhost|/|''|x:49960de5",
            })
    void thePrefixIsVisibleAndUnmistakable(String tokens, String host, String context, String version, String prefix) {
        assertThat(KeyPrefix.of(tokens, new KeyPrefix.Place(host, context, version)))
                .isEqualTo(prefix);
    }

    @Test
    void aWrongAttributeStopsTheContextsStart() {
        try (AppServer server = new AppServer(Map.of("sticky", "false", "memcachedNodes", "nowhere"), context -> {})) {
            server.start();
            assertThat(server.context().getState().isAvailable()).isFalse();
        }
    }

    @Test
    void theContextsTimeoutHoldsUnlessTheManagerHasOne() {
        try (MemcachedServer n1 = MemcachedServer.started();
                AppServer one = AppServer.on(n1);
                AppServer two = AppServer.on(Map.of("maxInactiveInterval", "60"), n1)) {
            for (AppServer server : new AppServer[] {one, two}) {
                server.page(
                        "/interval",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getMaxInactiveInterval()));
            }
            assertThat(one.get("/interval", "").body()).isEqualTo("1800");
            assertThat(two.get("/interval", "").body()).isEqualTo("60");
        }
    }

    @Test
    void textIsSpokenWhereItIsAskedFor() {
        try (MemcachedServer n1 = MemcachedServer.started("-B", "ascii");
                MemcachedServer n2 = MemcachedServer.started("-B", "ascii");
                AppServer server = Pages.on(AppServer.on(Map.of("memcachedProtocol", "text"), n1, n2))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
        }
    }

    @Test
    void contextsWithTheSameNodesDoNotMeet() {
        try (MemcachedServer n1 = MemcachedServer.started();
                AppServer one = Pages.on(AppServer.on(Map.of("storageKeyPrefix", "static:a"), n1));
                AppServer two = Pages.on(AppServer.on(Map.of("storageKeyPrefix", "static:b"), n1))) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
        }
    }

    @Test
    void aRestartedContextGoesOnWithOneValveAndAllSessions() {
        try (MemcachedServer n1 = MemcachedServer.started();
                AppServer server = Pages.on(AppServer.on(n1))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            server.reload();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
            assertThat(server.context().getPipeline().getValves())
                    .filteredOn(valve -> valve instanceof SessionValve)
                    .hasSize(1);
            assertThat(server.context().getPipeline().getFirst()).isInstanceOf(SessionValve.class);
        }
    }

    @Test
    void anotherManagerTakesTheValveAway() {
        try (MemcachedServer n1 = MemcachedServer.started();
                AppServer server = Pages.on(AppServer.on(n1))) {
            server.context().setManager(new org.apache.catalina.session.StandardManager());
            assertThat(server.context().getPipeline().getValves()).noneMatch(valve -> valve instanceof SessionValve);
            assertThat(server.get("/set?name=x&value=1", "").status()).isEqualTo(200);
        }
    }

    @Test
    void msm238AStopLeavesNoThread() {
        try (MemcachedServer n1 = MemcachedServer.started();
                MemcachedServer n2 = MemcachedServer.started()) {
            Set<Thread> before = threads();
            try (AppServer server = Pages.on(AppServer.on(n1, n2))) {
                server.get("/set?name=x&value=1", "");
                n1.freeze();
                server.get("/set?name=x&value=1", "");
            }
            Awaitility.await()
                    .untilAsserted(() -> assertThat(threads())
                            .filteredOn(thread -> !before.contains(thread))
                            .noneMatch(thread -> thread.getName()
                                    .toLowerCase(java.util.Locale.ROOT)
                                    .contains("mem")));
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    private static javax.management.openmbean.CompositeData figures(Object table, String row) {
        return ((javax.management.openmbean.TabularData) table).get(new Object[] {row});
    }

    @Test
    void aConsoleShowsWhatTheManagerDoesAndCanChangeIt() throws Exception {
        try (MemcachedServer n1 = MemcachedServer.started();
                AppServer server = Pages.on(AppServer.on(n1))) {
            server.get("/set?name=x&value=1", "");
            javax.management.MBeanServer beans = java.lang.management.ManagementFactory.getPlatformMBeanServer();
            javax.management.ObjectName name = server.manager().getObjectName();
            assertThat(beans.getAttribute(name, "saves")).isEqualTo(1L);
            assertThat((String[]) beans.getAttribute(name, "nodeStates")).hasSize(1);
            assertThat((String[]) beans.getAttribute(name, "saveTimes")).contains("Count = 1");
            assertThat(figures(beans.getAttribute(name, "timeSums"), "save").get("count"))
                    .isEqualTo(1L);
            assertThat(figures(beans.getAttribute(name, "saveHistogram"), "+Inf")
                            .get("count"))
                    .isEqualTo(1L);
            assertThat(figures(beans.getAttribute(name, "nodeFigures"), "n1").get("up"))
                    .isEqualTo(1L);
            assertThat(beans.getAttribute(name, "sessionsCreated")).isEqualTo(1L);
            assertThat((Long) beans.getAttribute(name, "bytesSaved")).isGreaterThan(100);
            beans.setAttribute(name, new javax.management.Attribute("sticky", true));
            assertThat(beans.getAttribute(name, "sticky")).isEqualTo(true);
            assertThatThrownBy(
                            () -> beans.setAttribute(name, new javax.management.Attribute("memcachedNodes", "nowhere")))
                    .hasStackTraceContaining("memcachedNodes");
            assertThat(server.manager().getMemcachedNodes()).startsWith("n1:");
            for (javax.management.MBeanAttributeInfo each :
                    beans.getMBeanInfo(name).getAttributes()) {
                assertThat(each.getDescription()).isNotBlank();
                assertThat(each.isReadable()).isTrue();
                if (!each.getName().equals("modelerType")) {
                    beans.getAttribute(name, each.getName());
                }
            }
        }
    }
}
