package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeStatus;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Tomcat that is told one address: one that knows the nodes, or one that is all there is. */
class DiscoveryTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final MemcachedServer vip = MemcachedServer.started();
    private final MemcachedServer n1 = MemcachedServer.started();
    private final MemcachedServer n2 = MemcachedServer.started();

    @AfterEach
    void stop() {
        vip.close();
        n1.close();
        n2.close();
    }

    private AppServer server(String sticky) {
        return server("discover:127.0.0.1:" + vip.port(), sticky);
    }

    private static AppServer server(String nodes, String sticky) {
        return AppServer.on(Map.of("memcachedNodes", nodes, "sticky", sticky)).page("/count", (request, response) -> {
            Object before = request.getSession().getAttribute("count");
            request.getSession().setAttribute("count", before == null ? 1 : (Integer) before + 1);
            response.getWriter().print(request.getSession().getAttribute("count"));
        });
    }

    private void tell(int version, MemcachedServer... nodes) {
        StringBuilder list = new StringBuilder().append(version).append('\n');
        for (MemcachedServer node : nodes) {
            list.append("localhost|127.0.0.1|").append(node.port()).append(' ');
        }
        vip.put("AmazonElastiCache:cluster", list.toString());
    }

    private static void awaitUp(AppServer server, int nodes) {
        await().atMost(BOUND)
                .until(() ->
                        server.manager().nodes().stream().filter(NodeStatus::up).count() == nodes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void msm417AnAddressThatTellsTheNodesGivesSessionsTwoCopies(String sticky) {
        tell(1, n1, n2);
        try (AppServer a = server(sticky);
                AppServer b = server(sticky)) {
            String cookie = a.get("/count", "").cookie();
            assertThat(cookie).matches("[0-9A-F]{32}-[0-9a-f]{8}");

            assertThat(b.get("/count", cookie).body()).isEqualTo("2");
            n1.kill();
            assertThat(b.get("/count", cookie).body()).isEqualTo("3");
            assertThat(b.manager().getNodeStates()).hasSize(2);
        }
    }

    @Test
    void aServerThatStartsWithoutAnAnswerAnswers503UntilThereIsOne() {
        try (AppServer server = server("false")) {
            assertThat(server.get("/count", "0123456789ABCDEF0123456789ABCDEF-0a1b2c3d")
                            .status())
                    .isEqualTo(503);
            assertThat(server.get("/count", "").status()).isEqualTo(503);

            tell(1, n1, n2);

            awaitUp(server, 2);
            AppServer.Answer answer = server.get("/count", "");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(server.get("/count", answer.cookie()).body()).isEqualTo("2");
        }
    }

    @Test
    void aSingleAddressIsTakenAsItIs() {
        String address = "127.0.0.1:" + n1.port();
        try (AppServer a = server(address, "false");
                AppServer b = server(address, "false")) {
            awaitUp(a, 1);
            awaitUp(b, 1);
            String cookie = a.get("/count", "").cookie();
            assertThat(cookie).matches("[0-9A-F]{32}");

            assertThat(b.get("/count", cookie).body()).isEqualTo("2");
            assertThat(a.get("/count", cookie).body()).isEqualTo("3");
        }
    }

    @Test
    void aNodeThatJoinsIsFollowedWithoutARestart() {
        tell(1, n1);
        try (AppServer server = server("true")) {
            String cookie = server.get("/count", "").cookie();

            tell(2, n1, n2);

            awaitUp(server, 2);
            assertThat(server.get("/count", cookie).body()).isEqualTo("2");
        }
    }
}
