package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers on the same nodes, which share every session. */
class SharedSessionsTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static AppServer one;
    private static AppServer two;

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = Pages.on(AppServer.on(n1, n2));
        two = Pages.on(AppServer.on(n1, n2));
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    private static String created() {
        return one.get("/set?name=x&value=1", "").cookie();
    }

    @Test
    void idsNameTheirPrimary() {
        assertThat(created()).matches("[0-9A-F]{32}-n[12]");
    }

    @Test
    void whatOneServerSetsTheOtherReads() {
        String cookie = created();
        for (int i = 0; i < 100; i++) {
            AppServer writer = i % 2 == 0 ? one : two;
            AppServer reader = i % 2 == 0 ? two : one;
            assertThat(writer.get("/set?name=x&value=" + i, cookie).cookie()).isEmpty();
            assertThat(reader.get("/get?name=x", cookie).body()).isEqualTo("" + i);
        }
    }

    @Test
    void whatIsChangedInPlaceIsKept() {
        String cookie = created();
        one.get("/cart?add=tea", cookie);
        two.get("/cart?add=milk", cookie);
        assertThat(one.get("/cart", cookie).body()).isEqualTo("[tea, milk]");
    }

    @Test
    void whatIsRemovedIsGone() {
        String cookie = created();
        one.get("/remove?name=x", cookie);
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("null");
    }

    @Test
    void anEndedSessionIsGoneEverywhereAtOnce() {
        String cookie = created();
        one.get("/invalidate", cookie);
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void aSessionThatEndsWhereItBeganIsNeverKept() {
        one.page("/brief", (request, response) -> request.getSession().invalidate());
        String cookie = one.get("/brief", "").cookie();
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void aNewIdTakesTheSessionAlong() {
        String cookie = created();
        AppServer.Answer renamed = two.get("/rename", cookie);
        assertThat(renamed.cookie()).isEqualTo(renamed.body()).isNotEqualTo(cookie);
        assertThat(one.get("/get?name=x", renamed.cookie()).body()).isEqualTo("1");
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void msmP2ASessionMayGetANewIdInTheRequestThatMakesIt() {
        one.page("/login", (request, response) -> {
            request.getSession().setAttribute("user", "ann");
            request.changeSessionId();
            request.getSession().setAttribute("role", "clerk");
        });
        AppServer.Answer login = one.get("/login", "");
        String last = login.response().headers().allValues("Set-Cookie").get(0);
        String cookie = last.substring(0, last.indexOf(';'));
        assertThat(two.get("/get?name=user", cookie).body()).isEqualTo("ann");
        assertThat(two.get("/get?name=role", cookie).body()).isEqualTo("clerk");
    }

    @Test
    void whatChangesAfterANewIdIsKeptUnderIt() {
        one.page("/elevate", (request, response) -> {
            request.getSession().setAttribute("before", "b");
            request.changeSessionId();
            request.getSession().setAttribute("after", "a");
        });
        String cookie = one.get("/elevate", created()).cookie();
        assertThat(two.get("/get?name=before", cookie).body()).isEqualTo("b");
        assertThat(two.get("/get?name=after", cookie).body()).isEqualTo("a");
    }

    @Test
    void timesAndTimeoutTravelWithTheSession() {
        one.page("/timeout", (request, response) -> request.getSession().setMaxInactiveInterval(77));
        two.page(
                "/times",
                (request, response) -> response.getWriter()
                        .print(request.getSession().getMaxInactiveInterval()
                                + " " + request.getSession().getCreationTime()
                                + " " + request.getSession().isNew()));
        one.page(
                "/created",
                (request, response) ->
                        response.getWriter().print(request.getSession().getCreationTime()));
        String cookie = created();
        one.get("/timeout", cookie);
        String creation = one.get("/created", cookie).body();
        assertThat(two.get("/times", cookie).body()).isEqualTo("77 " + creation + " false");
    }

    @Test
    void aSessionThatNobodyAsksForEnds() {
        one.page("/short", (request, response) -> request.getSession().setMaxInactiveInterval(1));
        String cookie = created();
        one.get("/short", cookie);
        await().pollDelay(Duration.ofMillis(1800))
                .until(() -> two.get("/get?name=x", cookie).body().equals("no session"));
    }

    @Test
    void zeroMeansForEver() {
        one.page("/endless", (request, response) -> {
            request.getSession().setMaxInactiveInterval(0);
            response.getWriter().print(request.getSession().getMaxInactiveInterval());
        });
        two.page(
                "/interval",
                (request, response) ->
                        response.getWriter().print(request.getSession().getMaxInactiveInterval()));
        String cookie = created();
        one.get("/endless", cookie);
        assertThat(two.get("/interval", cookie).body()).isEqualTo("-1");
    }

    @Test
    void anUnusedSessionObjectIsNotHeldBetweenRequests() {
        String cookie = created();
        one.get("/set?name=y&value=1", cookie);
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    @Test
    void theApplicationCanAskWhereASessionIsKept() {
        String cookie = created();
        @SuppressWarnings("unchecked")
        Function<String, Map<String, Object>> describe = (Function<String, Map<String, Object>>)
                two.context().getServletContext().getAttribute("io.memsession.describe");
        assertThat(describe.apply(cookie).get("primary")).isEqualTo(cookie.substring(cookie.indexOf('-') + 1));
        assertThat(describe.apply(cookie).get("homes").toString())
                .contains("node=n1", "node=n2", "holds=true", "state=up")
                .doesNotContain("holds=false");
        assertThat(describe.apply("\r\nrubbish").get("homes").toString()).isEqualTo("[]");
    }

    @Test
    void msm299AnAdministratorSeesTheSessionsOfAllServersAndEndsAnyOfThem() {
        String cookie = created();
        assertThat(two.manager().getSessionIdsFull()).contains(cookie);
        assertThat(two.manager().getActiveSessionsFull()).isPositive();

        Stream.of(two.manager().findSessions())
                .filter(session -> session.getId().equals(cookie))
                .forEach(Session::expire);

        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
        assertThat(two.manager().getSessionIdsFull()).doesNotContain(cookie);
    }

    @Test
    void anAdministratorCanEndASession() {
        String cookie = created();
        two.manager().expireSession(cookie);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }
}
