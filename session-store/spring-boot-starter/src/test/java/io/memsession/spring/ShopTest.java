package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.CommandCost;
import io.memsession.store.Description;
import io.memsession.store.MemcachedServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Two real app servers over two real memcacheds, and a visitor who meets either. */
@ExtendWith(OutputCaptureExtension.class)
class ShopTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static Shop one;
    private static Shop two;
    private static CommandCost cost;

    private final Visitor visitor = new Visitor();

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        cost = new CommandCost(n1, n2);
        String nodes = n1.address("n1") + "," + n2.address("n2");
        String[] settings = {
            "spring.application.name=shop",
            "management.endpoints.web.exposure.include=health,sessions",
            "management.endpoint.health.show-details=always",
            "management.endpoint.sessions.access=unrestricted",
            "server.servlet.session.timeout=2h",
            "server.servlet.session.cookie.same-site=strict"
        };
        one = Shop.start(nodes, settings);
        two = Shop.start(nodes, settings);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    @AfterEach
    void bothNodesAreCompleteAgain() {
        await().until(() -> isWell(one) && isWell(two));
    }

    private static boolean isWell(Shop shop) {
        String health = health(shop);
        return health.contains("\"degraded\":false") && !health.contains("\"complete\":false");
    }

    private static String health(Shop shop) {
        return new Visitor().body(shop, "/actuator/health");
    }

    /** The number of the try stands in for {@code #}. */
    private void assertThatItCosts(long commands, String path) {
        cost.is(
                commands,
                attempt -> assertThat(visitor.get(one, path.replace("#", String.valueOf(attempt)))
                                .statusCode())
                        .isLessThan(400));
    }

    @Test
    void aSessionGoesOnAtTheOtherServer() {
        visitor.get(one, "/write?cart=tea");
        String cookie = visitor.cookie();

        HttpResponse<String> answer = visitor.get(two, "/read");

        assertThat(answer.body()).isEqualTo("tea");
        assertThat(Visitor.cookies(answer)).isEmpty();
        visitor.get(two, "/write?cart=cocoa");
        assertThat(visitor.body(one, "/read")).isEqualTo("cocoa");
        assertThat(visitor.cookie()).isEqualTo(cookie);
    }

    @ParameterizedTest
    @CsvSource({"/none, 0", "/read, 2", "/read-flush, 2", "/read-redirect, 2", "/async, 2"})
    void statement40ARequestThatChangesNothingCosts(String path, long commands) {
        visitor.get(one, "/write?cart=tea");

        assertThatItCosts(commands, path);
        assertThatItCosts(commands, path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/write?cart=", "/write-redirect?cart="})
    void statement40ARequestThatChangesTheSessionCostsOneReadAndOneWrite(String path) {
        visitor.get(one, "/write?cart=tea");

        assertThatItCosts(4, path + "cocoa#");
        assertThatItCosts(4, path + "milk#");
        assertThat(visitor.body(two, "/read")).startsWith("milk");
    }

    @Test
    void aFirstVisitCostsOneWrite() {
        cost.isAtMost(2, () -> new Visitor().get(one, "/write?cart=tea"));
    }

    @Test
    void aCookieOfNoSessionIsReadOnce() {
        visitor.cookie(cookie("00000000-0000-0000-0000-000000000000"));

        assertThatItCosts(2, "/read-flush");
        cost.isAtMost(4, () -> visitor.get(one, "/write-redirect?cart=tea"));
        assertThat(visitor.body(two, "/read")).isEqualTo("tea");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "x\r\nget y", "memsession:stamp", "täst", "n1:shop:a"})
    void aCookieThatIsNoIdAsksNoNode(String id) {
        visitor.cookie(cookie(id));

        assertThatItCosts(0, "/read");
        assertThat(visitor.body(one, "/read")).isEqualTo("no session");
    }

    private static String cookie(String id) {
        return "SESSION=" + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLogoutIsSeenEverywhereAtOnce() {
        visitor.get(one, "/write?cart=tea");
        String cookie = visitor.cookie();

        visitor.get(two, "/logout");

        assertThat(visitor.cookie()).isNull();
        visitor.cookie(cookie);
        assertThat(visitor.body(one, "/read")).isEqualTo("no session");
    }

    @Test
    void aLoginChangesTheIdAndKeepsTheCart() {
        visitor.get(one, "/write?cart=tea");
        String before = visitor.cookie();

        visitor.get(two, "/login");

        assertThat(visitor.cookie()).isNotEqualTo(before);
        assertThat(visitor.body(one, "/read")).isEqualTo("tea");
        visitor.cookie(before);
        assertThat(visitor.body(one, "/read")).isEqualTo("no session");
    }

    @Test
    void aLogoutRightAfterALoginEndsTheSessionThatIsKept() {
        visitor.get(one, "/write?cart=tea");
        String cookie = visitor.cookie();

        visitor.get(one, "/login-logout");

        visitor.cookie(cookie);
        assertThat(visitor.body(two, "/read")).isEqualTo("no session");
    }

    @Test
    void aDeadNodeIsNotNoticed() {
        visitor.get(one, "/write?cart=tea");
        n1.kill();
        try {
            assertThat(visitor.body(one, "/read")).isEqualTo("tea");
            assertThat(visitor.body(two, "/write?cart=cocoa")).isEqualTo("cocoa");
            assertThat(visitor.body(one, "/read")).isEqualTo("cocoa");
            assertThat(health(one)).contains("\"status\":\"UP\"").contains("\"degraded\":true");
        } finally {
            n1.start();
        }
    }

    @Test
    void withBothNodesHangingAVisitorIsToldToComeBackAndKeepsTheSession(CapturedOutput output) {
        visitor.get(one, "/write?cart=tea");
        String cookie = visitor.cookie();
        n1.freeze();
        n2.freeze();
        try {
            for (String path : new String[] {"/read", "/read-flush", "/write?cart=x", "/logout", "/async"}) {
                HttpResponse<String> answer = visitor.get(one, path);
                assertThat(answer.statusCode()).as(path).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                assertThat(Visitor.cookies(answer)).isEmpty();
            }
            assertThat(visitor.get(one, "/none").statusCode()).isEqualTo(200);
        } finally {
            n1.thaw();
            n2.thaw();
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> visitor.get(one, "/read").statusCode() == 200);
        assertThat(visitor.body(one, "/read")).isEqualTo("tea");
        assertThat(visitor.cookie()).isEqualTo(cookie);
        assertThat(output).containsOnlyOnce("the request is answered 503").doesNotContain("\tat ");
    }

    @Test
    void withBothNodesDeadHealthIsDownAndANewSessionIsNotPretended() {
        n1.kill();
        n2.kill();
        try {
            HttpResponse<String> answer = visitor.get(two, "/write?cart=tea");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("Service Unavailable");
            assertThat(Visitor.cookies(answer)).isEmpty();
            assertThat(new Visitor().get(two, "/actuator/health").statusCode()).isEqualTo(503);
            assertThat(health(two)).contains("\"n1\":{\"address\":\"127.0.0.1:" + n1.port() + "\",\"state\":\"down\"}");
        } finally {
            n1.start();
            n2.start();
        }
    }

    @Test
    void anApplicationsOwnFailureStaysItsOwn() {
        assertThat(visitor.get(one, "/fail").statusCode()).isEqualTo(500);
    }

    @Test
    void statement73TheCookieIsAsBootsPropertiesSay() {
        assertThat(Visitor.cookies(visitor.get(one, "/write?cart=tea")))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("SESSION=")
                .contains("HttpOnly", "SameSite=Strict");
    }

    @Test
    void statement74BootsEndpointShowsASessionWithTheTimeoutOfBootsProperty() {
        visitor.get(one, "/write?cart=tea");

        assertThat(new Visitor().body(two, "/actuator/sessions/" + id()))
                .contains("\"attributeNames\":[\"cart\"]")
                .contains("\"maxInactiveInterval\":7200");
    }

    @Test
    void theNodesThatKeepASessionCanBeShown() {
        visitor.get(one, "/write?cart=tea");

        assertThat(one.context().getServletContext().getAttribute("io.memsession.describe"))
                .isInstanceOfSatisfying(
                        Description.class,
                        description -> assertThat(description.apply(id()).toString())
                                .contains("nodes=[{node=n1, state=complete}, {node=n2, state=complete}]")
                                .contains("primary=n", "node=n1, state=up, holds=true, version=1")
                                .contains("node=n2, state=up, holds=true, version=1"));
    }

    private String id() {
        byte[] id = Base64.getDecoder().decode(visitor.cookie().substring("SESSION=".length()));
        return new String(id, StandardCharsets.UTF_8);
    }
}
