package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are told while nodes do not answer. */
class OutageTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer server;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        server = Pages.on(AppServer.on(Map.of("operationTimeout", "150"), n1, n2));
    }

    @AfterEach
    void stop() {
        server.close();
        n1.close();
        n2.close();
    }

    private static void assertRefused(AppServer.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.response().headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.response().headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).doesNotContain("Exception").doesNotContain("memsession");
    }

    private void hang(boolean hangs) {
        for (MemcachedServer node : new MemcachedServer[] {n1, n2}) {
            if (hangs) {
                node.freeze();
            } else {
                node.thaw();
            }
        }
    }

    @Test
    void msm403OneNodeIsEnough() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        n1.kill();
        assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
        server.get("/set?name=x&value=2", cookie);
        assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("2");
    }

    @Test
    void msm289TheFiguresShowThatANodeWasRepaired() {
        server.get("/set?name=x&value=1", "");
        await().atMost(Duration.ofSeconds(20)).until(this::complete);
        long repairs = server.manager().getRepairs();
        n1.kill();
        await().until(() -> server.manager().getNodeStates()[0].endsWith(" down"));
        n1.start();
        await().atMost(Duration.ofSeconds(20)).until(this::complete);
        assertThat(server.manager().getRepairs()).isGreaterThan(repairs);
        assertThat(server.manager().getNodeFigures().get(new Object[] {"n1"}))
                .extracting(node -> node.get("failures"), node -> (Long) node.get("commands") > 0)
                .containsExactly(1L, true);
        assertThat(server.manager().getRepair()).isEqualTo("none by this server");
    }

    private boolean complete() {
        return Stream.of(server.manager().getNodeStates()).allMatch(state -> state.endsWith(" up, complete"));
    }

    @Test
    void aSessionThatCannotBeReadIsNotTakenFromItsClient() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        hang(true);
        assertRefused(server.get("/get?name=x", cookie));
        assertRefused(server.get("/set?name=x&value=2", cookie));
        assertRefused(server.get("/plain", cookie));
        hang(false);
        await().until(() -> server.get("/get?name=x", cookie).body().equals("1"));
    }

    @Test
    void whoHasNoSessionIsServed() {
        hang(true);
        assertThat(server.get("/plain", "").body()).isEqualTo("plain");
    }

    @Test
    void aNewSessionThatCannotBeKeptIsNotGiven() {
        hang(true);
        assertRefused(server.get("/set?name=x&value=1", ""));
    }

    @Test
    void aChangeThatCannotBeKeptIsNotAcknowledged() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.page("/hang", (request, response) -> {
            request.getSession().setAttribute("x", "2");
            response.getWriter().print("done");
            hang(true);
        });
        assertRefused(server.get("/hang", cookie));
        hang(false);
        await().until(() -> server.get("/get?name=x", cookie).status() == 200);
    }

    @Test
    void anEndThatCannotBeKeptIsNotAcknowledgedEvenIfTheApplicationThinksSo() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.page("/logout", (request, response) -> {
            hang(true);
            try {
                request.getSession().invalidate();
            } catch (StoreUnavailableException e) {
                response.getWriter().print("logged out");
            }
        });
        assertRefused(server.get("/logout", cookie));
        hang(false);
        server.page("/logout", (request, response) -> request.getSession().invalidate());
        await().until(() -> server.get("/logout", cookie).status() == 200);
        assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void aNewIdThatCannotBeKeptIsNotGiven() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.page("/login", (request, response) -> {
            hang(true);
            request.changeSessionId();
        });
        assertRefused(server.get("/login", cookie));
        hang(false);
    }

    @Test
    void anAnswerThatIsOnItsWayIsCutOff() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.page("/stream", (request, response) -> {
            response.getWriter().print("begun");
            response.flushBuffer();
            request.getSession().setAttribute("x", "2");
            hang(true);
        });
        assertThat(server.send("/stream", cookie)).failsWithin(Duration.ofSeconds(10));
        hang(false);
    }
}
