package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An address that keepalived moves between the machines of two memcacheds, as all that app servers know. */
@ExtendWith(LogsOnFailure.class)
@Tag("servers")
class VipIT {
    private static final int SESSIONS = 4;
    private static final String CART = "/api/attributes/cart";

    /** Discovery is asked every 5 s. */
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Two checks of a second each, and three announcements that a machine waits for before it goes on. */
    private static final Duration LONGER_THAN_TO_GO_BACK = Duration.ofSeconds(8);

    private Vip vip;

    @BeforeEach
    void lookWhetherThereCanBeMachines() {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println("NOT RUN: the address that moves: " + obstacle);
        }
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
    }

    @AfterEach
    void stop() {
        if (vip != null) {
            vip.close();
        }
    }

    private static String obstacle() {
        if (!Clusters.hosts().contains(Host.TOMCAT11)) {
            return "Tomcat 11 is not among -De2e.hosts";
        }
        for (String program : List.of("ip", "bridge", "keepalived", "nsenter", "unshare")) {
            try {
                Children.program(program);
            } catch (IllegalStateException missing) {
                return String.valueOf(missing.getMessage());
            }
        }
        return Lan.obstacle().orElse("");
    }

    /** Plain keepalived settings: the address goes back to a memcached that has nothing, and no list either. */
    @Test
    void keepsThePromiseWhenTheOldMasterComesBackEmptyAndTakesTheAddressBack() throws InterruptedException {
        start(true);
        vip.awaitHolder(0);
        keepsThePromise(List.of(AddressFault.MACHINE_RESTARTED));
        anAppServerThatStartsBeforeThereIsAListAnswers503UntilThereIs();
    }

    @Test
    @Tag("long")
    void keepsThePromiseWhenTheAddressMovesOrIsInTwoPlaces() throws InterruptedException {
        start(false);
        keepsThePromise(List.of(
                AddressFault.MEMCACHED_KILLED,
                AddressFault.MEMCACHED_HUNG,
                AddressFault.LINK_CUT,
                AddressFault.KEEPALIVED_KILLED,
                AddressFault.PARTITION));
        doesNotGoBackByItself();
    }

    /** With the settings that are recommended, though the first machine has the higher priority. */
    private void doesNotGoBackByItself() {
        assertThat(vip.holder()).isZero();
        Failure failure = AddressFault.MEMCACHED_KILLED.of(vip);
        failure.begin();
        failure.end();
        await().during(LONGER_THAN_TO_GO_BACK).atMost(SOON).until(() -> vip.holder() == 1);
    }

    private void start(boolean preempt) {
        vip = new Vip(Host.TOMCAT11, preempt);
        Clusters.special(vip.cluster());
        vip.start();
    }

    private void keepsThePromise(List<AddressFault> faults) throws InterruptedException {
        try (Trial trial = new Trial(vip.cluster(), SESSIONS, HistoryIT.SEED)) {
            for (AddressFault fault : faults) {
                trial.fail(fault.of(vip), fault.toString());
            }
            List<String> violations = trial.judge();
            trial.figures().forEach(System.out::println);
            assertThat(violations).as(() -> Trial.shown(violations)).isEmpty();
        }
    }

    private void anAppServerThatStartsBeforeThereIsAListAnswers503UntilThereIs() {
        AppServer running = vip.cluster().servers().get(0);
        AppServer starting = vip.cluster().servers().get(1);
        Browser user = new Browser(Host.TOMCAT11);
        assertThat(user.post(running.url(), CART + "?value=full").status()).isEqualTo(200);
        await().atMost(SOON).until(() -> lastSaidOfDiscovery(running).contains("tells 2 nodes"));
        vip.lists().forEach(DiscoveryProcess::forget);

        starting.restart();
        assertThat(user.get(starting.url(), CART).status()).isEqualTo(503);
        await().atMost(SOON).until(() -> lastSaidOfDiscovery(running).contains("(it has no list); those that it told"));
        assertThat(user.get(running.url(), CART).text("value")).isEqualTo("full");
        vip.lists().forEach(ServerProcess::restart);

        await().atMost(SOON).until(() -> user.get(starting.url(), CART).status() == 200);
        assertThat(user.get(starting.url(), CART).text("value")).isEqualTo("full");
        assertThat(user.plainIds()).hasSize(1);
    }

    private static String lastSaidOfDiscovery(AppServer server) {
        return server.printed()
                .lines()
                .filter(line -> line.contains(" discovery at "))
                .reduce("", (first, second) -> second);
    }
}
