package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.CommandCost;
import io.memsession.store.MemcachedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that have nothing to do with sessions, and attributes that are not kept. */
class IgnoredRequestsTest {
    private MemcachedServer n1;
    private MemcachedServer n2;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
    }

    @AfterEach
    void stop() {
        n1.close();
        n2.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {".*\\.png$", "GET /.*\\.png", "GET /pic\\.png(\\?v=1)?"})
    void msm312AnIgnoredRequestTouchesNothing(String pattern) {
        try (AppServer server = Pages.on(AppServer.on(Map.of("requestUriIgnorePattern", pattern), n1, n2))) {
            server.page("/pic.png", (request, response) -> {
                Object seen = request.getSession(false);
                request.getSession().setAttribute("x", "overwritten");
                response.getWriter().print(seen + " " + request.getSession().getAttribute("x"));
            });
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            new CommandCost(n1, n2).is(0, attempt -> {
                AppServer.Answer answer = server.get("/pic.png", cookie);
                assertThat(answer.body()).isEqualTo("null overwritten");
                assertThat(answer.cookie()).isEmpty();
                assertThat(server.get("/pic.png", "").cookie()).isEmpty();
            });
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
            assertThat(server.manager().getActiveSessions()).isZero();
        }
    }

    @Test
    void attributesThatTheFilterLeavesOutStayInTheServer() {
        Map<String, String> attributes = Map.of("sessionAttributeFilter", "x|cart");
        try (AppServer one = StickyTest.sticky("r1", attributes, n1, n2);
                AppServer two = StickyTest.sticky("r2", attributes, n1, n2)) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            one.get("/set?name=secret&value=2", cookie);
            assertThat(one.get("/get?name=secret", cookie).body()).isEqualTo("2");
            String there = two.get("/get?name=secret", cookie).cookie();
            assertThat(two.get("/get?name=secret", there).body()).isEqualTo("null");
            assertThat(two.get("/get?name=x", there).body()).isEqualTo("1");
        }
    }

    @Test
    void nonStickyTheyAreThereUntilTheEndOfTheRequest() {
        try (AppServer server = Pages.on(AppServer.on(Map.of("sessionAttributeFilter", "x|cart"), n1, n2))) {
            server.page("/secret", (request, response) -> {
                request.getSession().setAttribute("secret", "2");
                response.getWriter().print(request.getSession().getAttribute("secret"));
            });
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            assertThat(server.get("/secret", cookie).body()).isEqualTo("2");
            assertThat(server.get("/get?name=secret", cookie).body()).isEqualTo("null");
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
        }
    }

    @Test
    void noApplicationReachesWhatTheContainerKeeps() {
        try (AppServer server = Pages.on(AppServer.on(n1, n2))) {
            server.page("/forge", (request, response) -> {
                request.getSession().setAttribute("\u0001principal", "root");
                request.getSession().setAttribute("\u0001authType", "FORM");
                response.getWriter()
                        .print(java.util.Collections.list(request.getSession().getAttributeNames()));
            });
            server.page(
                    "/who",
                    (request, response) -> response.getWriter()
                            .print(request.getUserPrincipal() + " " + request.getAuthType() + " "
                                    + request.getSession().getAttribute("\u0001principal")));
            AppServer.Answer forged = server.get("/forge", "");
            assertThat(forged.body()).contains("\u0001principal", "\u0001authType");
            assertThat(server.get("/who", forged.cookie()).body()).isEqualTo("null null root");
        }
    }
}
