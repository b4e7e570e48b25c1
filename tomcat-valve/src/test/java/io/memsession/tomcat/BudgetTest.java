package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request costs, counted at the nodes. */
class BudgetTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer server;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        server = Pages.on(AppServer.on(n1, n2));
    }

    @AfterEach
    void stop() {
        server.close();
        n1.close();
        n2.close();
    }

    /** The fewest of three tries: a look of the engine after its nodes may fall into one of them. */
    private long commandsOf(Runnable requests) {
        return Math.min(commandsOfOne(requests), Math.min(commandsOfOne(requests), commandsOfOne(requests)));
    }

    private long commandsOfOne(Runnable requests) {
        long before = n1.commands() + n2.commands();
        requests.run();
        return n1.commands() + n2.commands() - before;
    }

    @Test
    void aRequestThatReadsCostsTwoCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        assertThat(commandsOf(() -> {
                    for (int i = 0; i < 10; i++) {
                        server.get("/get?name=x", cookie);
                    }
                }))
                .isEqualTo(20);
    }

    @Test
    void aRequestThatOnlyBringsTheCookieCostsTwoCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        assertThat(commandsOf(() -> server.get("/plain", cookie))).isEqualTo(2);
    }

    @Test
    void aRequestThatChangesCostsFourCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        assertThat(commandsOf(() -> {
                    for (int i = 0; i < 10; i++) {
                        server.get("/cart?add=" + i, cookie);
                    }
                }))
                .isEqualTo(40);
    }

    /** Where it is read it has another capacity, and so another order. */
    @Test
    void msmAMapThatIsOnlyReadIsNotWrittenAgain() {
        server.page("/map", (request, response) -> {
            Map<String, String> map = new HashMap<>(1024);
            for (int i = 0; i < 20; i++) {
                map.put("key number " + i, "value");
            }
            request.getSession().setAttribute("map", map);
        });
        server.page(
                "/look",
                (request, response) -> response.getWriter()
                        .print(((Map<?, ?>) request.getSession().getAttribute("map")).size()));
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.get("/map", cookie);
        try (AppServer other = AppServer.on(n1, n2)) {
            other.page(
                    "/look",
                    (request, response) -> response.getWriter()
                            .print(((Map<?, ?>) request.getSession().getAttribute("map")).size()));
            long written = n1.stat("cmd_set") + n2.stat("cmd_set");
            for (AppServer each : List.of(server, other, server, other)) {
                assertThat(each.get("/look", cookie).body()).isEqualTo("20");
            }
            assertThat(n1.stat("cmd_set") + n2.stat("cmd_set")).isEqualTo(written);
        }
    }

    @Test
    void aNewSessionCostsTwoCommands() {
        assertThat(commandsOf(() -> server.get("/set?name=x&value=1", ""))).isEqualTo(2);
    }

    @Test
    void aRequestWithoutSessionCostsNothing() {
        assertThat(commandsOf(() -> server.get("/plain", ""))).isZero();
    }

    @Test
    void anUnknownSessionIsAskedForOnceHoweverOftenTheApplicationAsks() {
        server.page(
                "/ask",
                (request, response) -> response.getWriter()
                        .print(request.getSession(false) + " " + request.isRequestedSessionIdValid()
                                + request.getSession(false)));
        AppServer.Answer[] answer = new AppServer.Answer[1];
        assertThat(commandsOf(() -> answer[0] = server.get("/ask", "0123456789ABCDEF-n1")))
                .isEqualTo(2);
        assertThat(answer[0].body()).isEqualTo("null falsenull");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123456789ABCDEF",
                "0123456789ABCDEF-n3",
                "0123456789ABCDEF-",
                "-n1",
                "a:b-n1",
                "memsession:state:n1-n1",
                "a%0d%0aget%20x-n1",
                "a b-n1",
                "ÄÖÜ-n1",
                "../../x-n1",
                "a-n1-n2",
                "a-n1.route.$"
            })
    void anIdThatCannotBeOneOfOursCostsNothing(String id) {
        AppServer.Answer[] answer = new AppServer.Answer[1];
        assertThat(commandsOf(() -> answer[0] = server.get("/get?name=x", id))).isZero();
        assertThat(answer[0].status()).isEqualTo(200);
        assertThat(answer[0].body()).isEqualTo("no session");
    }

    @Test
    void msmP8ForgedNodeIdsCostNothingAndLeaveNothing() {
        int nodes = server.manager().getNodeStates().length;
        assertThat(commandsOf(() -> {
                    for (int i = 0; i < 500; i++) {
                        server.get("/get?name=x", "0123456789ABCDEF-n" + (i + 3));
                    }
                }))
                .isLessThan(50); // what else the engine asks its nodes while 500 requests are answered
        assertThat(server.manager().getNodeStates()).hasSize(nodes);
    }

    @Test
    void msmP7AskingWhetherANodeLivesWritesNothing() {
        n2.kill();
        n2.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.manager().nodes().stream().allMatch(NodeStatus::complete));
        long written = n1.stat("cmd_set");
        long items = n1.stat("curr_items");
        long asked = n1.commands();
        await().atMost(Duration.ofSeconds(20)).until(() -> n1.commands() > asked);
        assertThat(n1.stat("cmd_set")).isEqualTo(written);
        assertThat(n1.stat("curr_items")).isEqualTo(items);
    }

    @Test
    void msmT4AVeryLongIdCostsNothing() {
        assertThat(commandsOf(() -> {
                    for (String id :
                            List.of("a".repeat(6000) + "-n1", "a".repeat(200) + "-n1", "a-" + "n".repeat(200))) {
                        assertThat(server.get("/get?name=x", id).body()).isEqualTo("no session");
                    }
                }))
                .isZero();
    }
}
