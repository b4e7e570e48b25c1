package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts at the nodes themselves what a request costs them. */
@ExtendWith(LogsOnFailure.class)
class BudgetIT {
    private static final int REQUESTS = 200;

    private Cluster cluster;
    private CommandCount count;
    private Browser user;

    private void start(Host host) {
        cluster = Clusters.whole(host);
        count = new CommandCount(cluster);
        count.awaitCalm();
        user = new Browser(host);
        user.post(url(0), "/api/attributes/note?value=here");
    }

    @OnEveryHost
    void readsASessionWithTwoCommands(Host host) {
        start(host);
        countAgainUntil(() -> assertThat(count.of(REQUESTS, i -> user.get(url(i), "/api/attributes/note")))
                .isCloseTo(2L * REQUESTS, within(CommandCount.LOOK)));
    }

    @OnEveryHost
    void changesASessionWithFourCommands(Host host) {
        start(host);
        countAgainUntil(() -> assertThat(count.of(REQUESTS, i -> user.post(url(i), "/api/attributes/note?value=" + i)))
                .isLessThanOrEqualTo(4 * REQUESTS + CommandCount.LOOK));
    }

    // Tomcat's authenticator asks for the session on every request that brings its cookie
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.memsession.e2e.Clusters#hostsThatAskForNoSessionThemselves")
    void costsNothingIfNoSessionIsAskedFor(Host host) {
        start(host);
        countAgainUntil(() -> assertThat(count.of(REQUESTS, i -> user.get(url(i), "/api/nothing")))
                .isCloseTo(0L, within(CommandCount.LOOK)));
    }

    /** A machine that stands still for a moment makes the app servers doubt their nodes, and look after them. */
    private static void countAgainUntil(ThrowingRunnable asserted) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(asserted);
    }

    private String url(int i) {
        return cluster.servers().get(i % 2).url();
    }
}
