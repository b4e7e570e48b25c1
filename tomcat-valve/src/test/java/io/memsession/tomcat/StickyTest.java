package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.CommandCost;
import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions that stay in their server, and what the nodes keep for when that is gone. */
class StickyTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer one;
    private AppServer two;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = sticky("r1", Map.of(), n1, n2);
        two = sticky("r2", Map.of(), n1, n2);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    static AppServer sticky(String route, Map<String, String> attributes, MemcachedServer... nodes) {
        Map<String, String> all = new HashMap<>(attributes);
        all.put("sticky", "true");
        all.putIfAbsent("operationTimeout", "150");
        return Pages.on(AppServer.on(
                all,
                context -> {
                    if (!route.isEmpty()) {
                        ((Engine) context.getParent().getParent()).setJvmRoute(route);
                    }
                },
                nodes));
    }

    private static String node(String cookie) {
        return cookie.replaceFirst(".*-(n\\d).*", "$1");
    }

    private MemcachedServer named(String node) {
        return node.equals("n1") ? n1 : n2;
    }

    @Test
    void idsNameNodeAndRoute() {
        assertThat(one.get("/set?name=x&value=1", "").cookie()).matches("[0-9A-F]{32}-n[12]\\.r1");
    }

    @Test
    void readingCostsNothingAndAChangeOneCommandForEachNode() {
        String cookie = one.get("/set?name=x&value=0", "").cookie();
        one.get("/get?name=x", cookie);
        CommandCost cost = new CommandCost(n1, n2);
        cost.is(0, attempt -> assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("0"));
        cost.is(2, attempt -> one.get("/set?name=x&value=" + (attempt + 1), cookie));
    }

    @Test
    void anotherServerTakesOverWithTheCookieRewritten() {
        String cookie = one.get("/cart?add=tea", "").cookie();
        one.close();
        AppServer.Answer answer = two.get("/cart?add=milk", cookie);
        assertThat(answer.body()).isEqualTo("[tea, milk]");
        assertThat(answer.cookie()).isEqualTo(cookie.replace(".r1", ".r2"));
        assertThat(two.get("/cart", answer.cookie()).cookie()).isEmpty();
        one = sticky("r1", Map.of(), n1, n2);
    }

    @Test
    void msmP3FlipBackNeitherSeesNorWritesTheOlderState() {
        String first = one.get("/set?name=x&value=1", "").cookie();
        one.get("/set?name=y&value=1", first);
        String second = two.get("/set?name=x&value=2", first).cookie();
        two.get("/set?name=y&value=3", second);
        AppServer.Answer back = one.get("/get?name=x", second);
        assertThat(back.body()).isEqualTo("2");
        assertThat(back.cookie()).isEqualTo(first);
        assertThat(one.get("/get?name=y", first).body()).isEqualTo("3");
        one.get("/set?name=z&value=4", first);
        String third = two.get("/get?name=x", first).cookie();
        assertThat(two.get("/get?name=x", third).body()).isEqualTo("2");
        assertThat(two.get("/get?name=y", third).body()).isEqualTo("3");
        assertThat(two.get("/get?name=z", third).body()).isEqualTo("4");
    }

    @Test
    void withoutARouteTheNodesAreAskedAndNothingOldIsSeen() {
        AppServer three = sticky("", Map.of(), n1, n2);
        AppServer four = sticky("", Map.of(), n1, n2);
        try (three;
                four) {
            String cookie = three.get("/set?name=x&value=1", "").cookie();
            for (int i = 2; i < 10; i++) {
                AppServer server = i % 2 == 0 ? four : three;
                AppServer other = i % 2 == 0 ? three : four;
                assertThat(server.get("/set?name=x&value=" + i, cookie).cookie())
                        .isEmpty();
                assertThat(other.get("/get?name=x", cookie).body()).isEqualTo("" + i);
            }
            four.get("/invalidate", cookie);
            assertThat(three.get("/get?name=x", cookie).body()).isEqualTo("no session");
        }
    }

    @Test
    void whoLoggedOutElsewhereIsNotLoggedInHere() {
        String first = one.get("/set?name=x&value=1", "").cookie();
        String second = two.get("/get?name=x", first).cookie();
        two.get("/invalidate", second);
        assertThat(one.get("/get?name=x", second).body()).isEqualTo("no session");
        one.get("/set?name=late&value=1", first);
        assertThat(two.get("/get?name=late", second).body()).isEqualTo("no session");
        assertThat(one.get("/get?name=x", first).body()).isEqualTo("no session");
    }

    @Test
    void aNodeThatIsDownIsReplacedInTheCookie() {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        named(node(cookie)).kill();
        AppServer.Answer[] answer = new AppServer.Answer[1];
        await().until(() -> {
            answer[0] = one.get("/get?name=x", cookie);
            return !answer[0].cookie().isEmpty();
        });
        String other = node(cookie).equals("n1") ? "n2" : "n1";
        assertThat(answer[0].body()).isEqualTo("1");
        assertThat(answer[0].cookie()).isEqualTo(cookie.replace("-" + node(cookie), "-" + other));
        one.get("/set?name=x&value=2", answer[0].cookie());
        assertThat(two.get("/get?name=x", answer[0].cookie()).body()).isEqualTo("2");
    }

    @Test
    void failoverNodesGetNewSessionsOnlyWhenNoOtherIsUp() {
        AppServer three = sticky("r3", Map.of("failoverNodes", "n1"), n1, n2);
        try (three) {
            for (int i = 0; i < 10; i++) {
                assertThat(node(three.get("/set?name=x&value=1", "").cookie())).isEqualTo("n2");
            }
            n2.kill();
            await().until(() ->
                    node(three.get("/set?name=x&value=1", "").cookie()).equals("n1"));
        }
    }

    @Test
    void msmP5WhatIsOnlyReadStaysInTheNodes() {
        one.page("/short", (request, response) -> request.getSession().setMaxInactiveInterval(2));
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.get("/short", cookie);
        await().during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> one.get("/get?name=x", cookie).body().equals("1"));
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("1");
    }

    @Test
    void anUnusedSessionEnds() {
        one.page("/short", (request, response) -> request.getSession().setMaxInactiveInterval(1));
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.get("/short", cookie);
        await().pollDelay(Duration.ofMillis(2200))
                .pollInterval(Duration.ofMillis(2200))
                .until(() -> one.get("/get?name=x", cookie).body().equals("no session"));
        one.manager().processExpires();
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    @Test
    void msmP9ALoginKeepsTheStoredCopy() {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        String renamed = one.get("/rename", cookie).cookie();
        assertThat(renamed).matches("[0-9A-F]{32}-n[12]\\.r1").isNotEqualTo(cookie);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
        assertThat(two.get("/get?name=x", renamed).body()).isEqualTo("1");
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void nodesThatCameBackEmptyAreFilledFromTheSessionsInMemory() {
        String idle = one.get("/set?name=x&value=idle", "").cookie();
        String used = one.get("/set?name=x&value=1", "").cookie();
        n1.restart();
        n2.restart();
        await().until(() -> one.get("/set?name=y&value=2", used).status() == 200
                && two.get("/get?name=y", used).body().equals("2"));
        await().until(() -> two.get("/get?name=x", idle).body().equals("idle"));
    }

    @Test
    void withoutAnyNodeTheSessionInMemoryIsServed() {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        n1.kill();
        n2.kill();
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("1");
        assertThat(one.get("/set?name=x&value=2", cookie).status()).isEqualTo(200);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("2");
        String made = one.get("/set?name=x&value=new", "").cookie();
        assertThat(one.get("/get?name=x", made).body()).isEqualTo("new");
        assertThat(two.get("/get?name=x", cookie).status()).isEqualTo(503);
        n1.start();
        n2.start();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> two.get("/get?name=x", cookie).body().equals("2"));
        await().until(() -> two.get("/get?name=x", made).body().equals("new"));
    }

    @Test
    void inTheBackgroundTheCopyComesLater() {
        AppServer three = sticky("r3", Map.of("sessionBackupAsync", "true", "backupThreadCount", "2"), n1, n2);
        try (three) {
            String cookie = three.get("/set?name=x&value=1", "").cookie();
            for (int i = 0; i < 50; i++) {
                three.get("/set?name=x&value=" + i, cookie);
            }
            await().until(() -> two.get("/get?name=x", cookie).body().equals("49"));
        }
    }

    @Test
    void inTheBackgroundNoChangeInPlaceIsLeftOut() {
        AppServer three = sticky("r3", Map.of("sessionBackupAsync", "true", "backupThreadCount", "2"), n1, n2);
        try (three) {
            String cookie = three.get("/cart?add=0", "").cookie();
            String cart = "";
            for (int i = 1; i < 100; i++) {
                cart = three.get("/cart?add=" + i, cookie).body();
            }
            String last = cart;
            await().until(() -> two.get("/cart", cookie).body().equals(last));
        }
    }

    @Test
    void msmS12AStopKeepsWhatWasStillToBeKept() {
        AppServer three = sticky("r3", Map.of("sessionBackupAsync", "true"), n1, n2);
        String cookie;
        try (three) {
            cookie = three.get("/set?name=x&value=1", "").cookie();
            three.get("/set?name=x&value=2", cookie);
        }
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("2");
    }

    @Test
    void whatCannotBeWrittenStaysInTheServer() {
        one.page(
                "/thread",
                (request, response) -> request.getSession().setAttribute("t", new Object() {
                    @Override
                    public String toString() {
                        return "here";
                    }
                }));
        one.page(
                "/thread-get",
                (request, response) ->
                        response.getWriter().print(request.getSession().getAttribute("t")));
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.get("/thread", cookie);
        assertThat(one.get("/thread-get", cookie).body()).isEqualTo("here");
    }

    @Test
    void msmP1AChangeFromAaToBbIsKept() {
        String cookie = one.get("/set?name=x&value=Aa", "").cookie();
        one.get("/set?name=x&value=BB", cookie);
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("BB");
    }

    @Test
    void disabledNothingIsKeptAndEnabledAtRunTimeEverythingIs() {
        AppServer three = sticky("r3", Map.of("enabled", "false"), n1, n2);
        try (three) {
            new CommandCost(n1, n2).is(0, attempt -> {
                String cookie = three.get("/set?name=x&value=1", "").cookie();
                assertThat(cookie).matches("[0-9A-F]{32}\\.r3");
                assertThat(three.get("/get?name=x", cookie).body()).isEqualTo("1");
            });
            String cookie = three.get("/set?name=x&value=1", "").cookie();
            three.manager().setEnabled(true);
            AppServer.Answer answer = three.get("/get?name=x", cookie);
            assertThat(answer.body()).isEqualTo("1");
            assertThat(answer.cookie()).matches("[0-9A-F]{32}-n[12]\\.r3");
            assertThat(two.get("/get?name=x", answer.cookie()).body()).isEqualTo("1");
        }
    }

    @Test
    void nodesCanBeChangedAtRunTime() {
        MemcachedServer n3 = MemcachedServer.started();
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.manager().setMemcachedNodes(n2.address("n2") + "," + n3.address("n3"));
        two.manager().setMemcachedNodes(n2.address("n2") + "," + n3.address("n3"));
        AppServer.Answer answer = one.get("/set?name=x&value=2", cookie);
        assertThat(answer.status()).isEqualTo(200);
        String now = answer.cookie().isEmpty() ? cookie : answer.cookie();
        n2.kill();
        assertThat(two.get("/get?name=x", now).body()).isEqualTo("2");
        n3.close();
    }

    @Test
    void stickyCanBeChangedAtRunTime() {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        assertThat(one.manager().getActiveSessions()).isEqualTo(1);
        one.manager().setSticky(false);
        assertThat(one.manager().getActiveSessions()).isZero();
        two.manager().setSticky(false);
        two.get("/set?name=x&value=2", cookie);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("2");
    }

    @Test
    void aSingleNodeWithoutAnIdIsEnough() {
        AppServer three = sticky("r3", Map.of("memcachedNodes", "127.0.0.1:" + n1.port()));
        try (three) {
            String cookie = three.get("/set?name=x&value=1", "").cookie();
            assertThat(cookie).matches("[0-9A-F]{32}\\.r3");
            n1.restart();
            await().until(() -> three.get("/set?name=x&value=2", cookie).status() == 200);
            assertThat(three.get("/get?name=x", cookie).body()).isEqualTo("2");
        }
    }
}
