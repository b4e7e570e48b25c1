package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Sessions and saves while nodes fail in ways that memcached-session-manager did not survive. */
class NodeFailureTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private AppServer shared(Map<String, String> attributes) {
        return Pages.on(AppServer.on(attributes, n1, n2));
    }

    private static void awaitComplete(AppServer server) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        Stream.of(server.manager().getNodeStates()).allMatch(state -> state.endsWith(" up, complete")));
    }

    @Test
    void anOutageIsToldOnceAndSoIsItsEndAndEachRefusalIsCounted() {
        try (LogLines lines = new LogLines();
                AppServer server = shared(Map.of("operationTimeout", "150"))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            n1.freeze();
            n2.freeze();
            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/get?name=x", cookie).status()).isEqualTo(503);
            }
            assertThat(server.manager().getRequestsRefused()).isEqualTo(3);
            assertThat(lines.with("cannot be reached")).hasSize(1);
            n1.thaw();
            n2.thaw();
            await().until(() -> server.get("/get?name=x", cookie).body().equals("1"));
            server.get("/get?name=x", cookie);
            assertThat(lines.with("can be reached again")).hasSize(1);
        }
    }

    @Test
    void msm300WhatChangedWhileOneNodeWasDownIsThereWhenTheOtherFailsNext() {
        try (AppServer server = shared(Map.of("operationTimeout", "150"))) {
            String used = server.get("/set?name=x&value=1", "").cookie();
            String idle = server.get("/set?name=x&value=idle", "").cookie();
            n1.kill();
            server.get("/set?name=x&value=2", used);
            n1.start();
            awaitComplete(server);
            n2.kill();
            assertThat(server.get("/get?name=x", used).body()).isEqualTo("2");
            assertThat(server.get("/get?name=x", idle).body()).isEqualTo("idle");
        }
    }

    @Test
    void msm198AFailoverNodeKeepsTheSecondCopyOfNonStickySessions() {
        try (AppServer server = shared(Map.of("failoverNodes", "n2", "operationTimeout", "150"))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            assertThat(cookie).endsWith("-n1");
            n1.kill();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
            assertThat(server.get("/set?name=x&value=2", cookie).status()).isEqualTo(200);
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("2");
        }
    }

    @Test
    void msm222ANodeThatHungIsUsedAgainWithoutARestart() {
        try (AppServer server = shared(Map.of("operationTimeout", "150"))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            n1.freeze();
            for (int i = 2; i < 8; i++) {
                assertThat(server.get("/set?name=x&value=" + i, cookie).status())
                        .isEqualTo(200);
            }
            n1.thaw();
            awaitComplete(server);
            n2.kill();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("7");
        }
    }

    /** msm let a session's times lie beside it, in a record with a timeout of its own. */
    @Test
    void msm442ASessionThatIsOnlyReadOutlivesItsTimeoutOnWhateverServer() {
        try (AppServer one = shared(Map.of());
                AppServer two = shared(Map.of())) {
            one.page("/short", (request, response) -> request.getSession().setMaxInactiveInterval(2));
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            one.get("/short", cookie);
            List<AppServer> inTurn = List.of(one, two);
            int[] turn = {0};
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofSeconds(12))
                    .pollInterval(Duration.ofMillis(300))
                    .until(() -> inTurn.get(turn[0]++ % 2)
                            .get("/get?name=x", cookie)
                            .body()
                            .equals("1"));
        }
    }

    /** spymemcached's own timeout is 2.5 s, and msm waited that long for each of its five deletes. */
    @Test
    void msmAnEndWaitsForAHungNodeNoLongerThanForOneOperationTimeoutEachRoundTrip() {
        try (AppServer server = shared(Map.of("operationTimeout", "150"))) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            n1.freeze();
            long start = System.nanoTime();
            assertThat(server.get("/invalidate", cookie).status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2500));
            n1.thaw();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("no session");
        }
    }

    @Test
    void msmS5ASaveInTheBackgroundThatFailsIsCountedAndMadeUpFor() {
        try (AppServer one = StickyTest.sticky("r1", Map.of("sessionBackupAsync", "true"), n1, n2);
                AppServer two = StickyTest.sticky("r2", Map.of(), n1, n2)) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            n1.kill();
            n2.kill();
            one.get("/set?name=x&value=2", cookie);
            await().until(() -> one.manager().getSavesFailed() > 0);
            n1.start();
            n2.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> two.get("/get?name=x", cookie).body().equals("2"));
        }
    }

    /** msm queued the whole session once for each request. */
    @Test
    void msmASessionWaitsOnceForAHungNodeHoweverManyRequestsChangeIt() {
        Map<String, String> attributes =
                Map.of("sessionBackupAsync", "true", "backupThreadCount", "1", "operationTimeout", "3000");
        try (AppServer one = StickyTest.sticky("r1", attributes, n1, n2)) {
            String cookie = one.get("/set?name=x&value=0", "").cookie();
            await().until(() -> one.manager().getSaves() == 1);
            n1.freeze();
            n2.freeze();
            for (int i = 1; i <= 40; i++) {
                one.get("/set?name=x&value=" + i, cookie);
            }
            n1.thaw();
            n2.thaw();
            await().until(() -> one.manager().getSaves() > 1);
            await().during(Duration.ofMillis(300))
                    .until(() -> one.manager().getSaves() + one.manager().getSavesUnchanged() < 10);
        }
    }
}
