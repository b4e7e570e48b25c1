package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.CommandCost;
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
    private CommandCost cost;
    private AppServer server;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        cost = new CommandCost(n1, n2);
        server = Pages.on(AppServer.on(n1, n2));
    }

    @AfterEach
    void stop() {
        server.close();
        n1.close();
        n2.close();
    }

    @Test
    void aRequestThatReadsCostsTwoCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        cost.is(20, attempt -> {
            for (int i = 0; i < 10; i++) {
                server.get("/get?name=x", cookie);
            }
        });
    }

    @Test
    void aRequestThatOnlyBringsTheCookieCostsTwoCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        cost.is(2, attempt -> server.get("/plain", cookie));
    }

    @Test
    void aRequestThatChangesCostsFourCommands() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        cost.is(40, attempt -> {
            for (int i = 0; i < 10; i++) {
                server.get("/cart?add=" + i, cookie);
            }
        });
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
        cost.is(2, attempt -> server.get("/set?name=x&value=1", ""));
    }

    @Test
    void aRequestWithoutSessionCostsNothing() {
        cost.is(0, attempt -> server.get("/plain", ""));
    }

    @Test
    void anUnknownSessionIsAskedForOnceHoweverOftenTheApplicationAsks() {
        server.page(
                "/ask",
                (request, response) -> response.getWriter()
                        .print(request.getSession(false) + " " + request.isRequestedSessionIdValid()
                                + request.getSession(false)));
        AppServer.Answer[] answer = new AppServer.Answer[1];
        cost.is(2, attempt -> answer[0] = server.get("/ask", "0123456789ABCDEF-n1"));
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
        cost.is(0, attempt -> answer[0] = server.get("/get?name=x", id));
        assertThat(answer[0].status()).isEqualTo(200);
        assertThat(answer[0].body()).isEqualTo("no session");
    }

    @Test
    void msmP8ForgedNodeIdsCostNothingAndLeaveNothing() {
        int nodes = server.manager().getNodeStates().length;
        cost.isAtMost(50, () -> {
            for (int i = 0; i < 500; i++) {
                server.get("/get?name=x", "0123456789ABCDEF-n" + (i + 3));
            }
        }); // what else the engine asks its nodes while 500 requests are answered
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
        cost.is(0, attempt -> {
            for (String id : List.of("a".repeat(6000) + "-n1", "a".repeat(200) + "-n1", "a-" + "n".repeat(200))) {
                assertThat(server.get("/get?name=x", id).body()).isEqualTo("no session");
            }
        });
    }
}
