package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The runbooks of {@code docs/operations.md}, step by step, while users are at work. */
@Tag("long")
class RunbooksIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int USERS = 4;
    private static final int IDLE = 100;
    private static final String NOTE = "/api/attributes/note";

    private Installation installation;
    private List<Browser> idle;

    @AfterEach
    void stop() {
        if (installation != null) {
            installation.close();
        }
    }

    private void install(Host host, String runbook, Layout version, Map<String, String> settings) {
        installation = new Installation(host, runbook, version, settings);
        installation.checkUntilAllIsWell();
        idle = IntStream.range(0, IDLE).mapToObj(i -> new Browser(host)).toList();
        for (int i = 0; i < IDLE; i++) {
            Answer answer = idle.get(i).post(installation.url(), NOTE + "?value=idle" + i);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private Load users() {
        return new Load(USERS, number -> new Writing(installation));
    }

    private void everybodyWhoWasIdleIsStillThere() {
        for (int i = 0; i < IDLE; i++) {
            Answer answer = idle.get(i).get(installation.url(), NOTE);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.text("value")).isEqualTo("idle" + i);
            assertThat(idle.get(i).plainIds()).hasSize(1);
        }
    }

    @Test
    void aNodeDied() {
        install(Host.TOMCAT11, "node-died", Layout.ofThisRun(), Map.of());
        try (Load users = users()) {
            users.awaitMore(5);
            installation.node(1).kill9();
            users.awaitMore(10);
            assertThat(installation.check().exit()).isEqualTo(1);
            assertThat(installation.check().printed()).contains("node n1", "no answer");

            installation.node(1).restart();
            installation.checkUntilAllIsWell();

            installation.node(2).kill9();
            users.awaitMore(10);
            everybodyWhoWasIdleIsStillThere();
            users.finish();
        }
    }

    @Test
    void bothDiedAndOneOfThemOnlyHung() {
        install(Host.TOMCAT11, "both-died", Layout.ofThisRun(), Map.of());
        installation.node(1).kill9();
        installation.node(2).pause();
        await().atMost(PATIENCE)
                .until(() -> idle.get(0)
                                .get(installation.servers().get(0).url(), NOTE)
                                .status()
                        == 503);
        assertThat(new Browser(installation.host())
                        .get(installation.url(), "/api/nothing")
                        .status())
                .as("who needs no session")
                .isEqualTo(200);

        installation.node(2).resume();
        for (AppServer server : installation.servers()) {
            await().atMost(PATIENCE)
                    .until(() -> idle.get(0).get(server.url(), NOTE).status() == 200);
        }
        everybodyWhoWasIdleIsStillThere();
        installation.node(1).restart();
        installation.checkUntilAllIsWell();
        installation.node(2).kill9();
        everybodyWhoWasIdleIsStillThere();
    }

    @Test
    void memoryFull() {
        install(Host.TOMCAT11, "memory-full", Layout.ofThisRun(), Map.of());
        for (int i = 1; i <= 2; i++) {
            installation.node(i).options("-m", "16");
            installation.node(i).restart();
            installation.checkUntilAllIsWell();
        }
        try (Load users = users()) {
            users.awaitMore(5);
            while (installation.node(1).stat("evictions") == 0) {
                installation.node(1).fill();
            }
            for (int i = 1; i <= 2; i++) {
                installation.node(i).memoryLimit(64);
            }
            long evictions = installation.node(1).stat("evictions");
            installation.checkUntilAllIsWell();
            installation.node(1).fill();
            assertThat(installation.node(1).stat("evictions")).isEqualTo(evictions);
            users.awaitMore(5);

            installation.node(2).kill9();
            users.awaitMore(5);
            everybodyWhoWasIdleIsStillThere();
            users.finish();
        }
    }

    @Test
    void rollingRestartOfTheMemcacheds() {
        install(Host.TOMCAT11, "rolling-restart", Layout.ofThisRun(), Map.of());
        try (Load users = users()) {
            for (int i = 1; i <= 2; i++) {
                users.awaitMore(5);
                installation.checkUntilAllIsWell();
                installation.node(i).options("-m", "128");
                installation.node(i).restart();
                installation.checkUntilAllIsWell();
            }
            users.awaitMore(5);
            everybodyWhoWasIdleIsStillThere();
            users.finish();
        }
    }

    /** What is done to app servers is tried with one Tomcat, and with Boot. */
    static List<Host> bothHosts() {
        return List.of(Host.TOMCAT11, Host.BOOT);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bothHosts")
    void keyRotation(Host host) {
        String setting = host == Host.BOOT ? "encryption.keys" : "encryptionKeys";
        String old = "k1:" + "A".repeat(43) + "=";
        String young = "k2:" + "B".repeat(43) + "=";
        install(host, "key-rotation", Layout.ofThisRun(), Map.of(setting, old));
        try (Load users = users()) {
            users.awaitMore(5);
            for (String keys : List.of(old + "," + young, young + "," + old)) {
                installation.replaceServers(Layout.ofThisRun(), Map.of(setting, keys), () -> users.awaitMore(5));
                everybodyWhoWasIdleIsStillThere();
            }
            for (int i = 0; i < IDLE; i++) {
                idle.get(i).post(installation.url(), NOTE + "?value=idle" + i + "again");
                idle.get(i).post(installation.url(), NOTE + "?value=idle" + i);
            }
            installation.replaceServers(Layout.ofThisRun(), Map.of(setting, young), () -> users.awaitMore(5));
            everybodyWhoWasIdleIsStillThere();
            users.finish();
        }
    }

    /** {@code -Dupgrade.from=<folder>}: a checkout of an older version, built with {@code -DskipTests package}. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bothHosts")
    void upgradingMemsession(Host host) {
        String from = System.getProperty("upgrade.from", "");
        assumeTrue(!from.isEmpty(), "-Dupgrade.from names no checkout of an older version");
        Layout older = new Layout(Path.of(from), System.getProperty("upgrade.version", "0.1.0-SNAPSHOT"));
        install(host, "upgrade", older, Map.of());
        try (Load users = users()) {
            users.awaitMore(5);
            // one is new and the other old, for as long as that
            installation.replaceServers(Layout.ofThisRun(), Map.of(), () -> {
                users.awaitMore(10);
                everybodyWhoWasIdleIsStillThere();
            });
            installation.checkUntilAllIsWell();
            // and back
            installation.replaceServers(older, Map.of(), () -> users.awaitMore(10));
            everybodyWhoWasIdleIsStillThere();
            users.finish();
        }
    }

    /** Writes a note and reads it back, through the balancer. */
    private static final class Writing extends Load.User {
        private final String url;
        private final Browser browser;

        Writing(Installation installation) {
            this.url = installation.url();
            this.browser = new Browser(installation.host());
        }

        @Override
        void act(int number) {
            Answer written = browser.post(url, NOTE + "?value=" + number);
            assertThat(written.status()).as(written.body()).isEqualTo(200);
            Answer read = browser.get(url, NOTE);
            assertThat(read.status()).as(read.body()).isEqualTo(200);
            assertThat(read.text("value")).isEqualTo(String.valueOf(number));
            assertThat(browser.plainIds()).hasSize(1);
        }
    }
}
