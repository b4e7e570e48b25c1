package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts at the nodes themselves what a request costs them. */
@ExtendWith(LogsOnFailure.class)
class BudgetIT {
    /** Longer than the app servers take between two looks while a node is not complete. */
    private static final Duration CALM = Duration.ofMillis(1_500);

    private static final int REQUESTS = 200;

    /**
     * The app servers look after the nodes now and then, and Boot's after sessions that have expired; a few such looks
     * may fall into one of the two times compared.
     */
    private static final long LOOK = 24;

    private Cluster cluster;
    private Browser user;

    private void start(Host host) {
        cluster = Clusters.whole(host);
        awaitCalm();
        user = new Browser(host);
        user.post(url(0), "/api/attributes/note?value=here");
    }

    @OnEveryHost
    void readsASessionWithTwoCommands(Host host) {
        start(host);
        assertThat(commandsOf(i -> user.get(url(i), "/api/attributes/note"))).isCloseTo(2L * REQUESTS, within(LOOK));
    }

    @OnEveryHost
    void changesASessionWithFourCommands(Host host) {
        start(host);
        assertThat(commandsOf(i -> user.post(url(i), "/api/attributes/note?value=" + i)))
                .isLessThanOrEqualTo(4 * REQUESTS + LOOK);
    }

    // Tomcat's authenticator asks for the session on every request that brings its cookie
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.memsession.e2e.Clusters#hostsThatAskForNoSessionThemselves")
    void costsNothingIfNoSessionIsAskedFor(Host host) {
        start(host);
        assertThat(commandsOf(i -> user.get(url(i), "/api/nothing"))).isCloseTo(0L, within(LOOK));
    }

    private String url(int i) {
        return cluster.servers().get(i % 2).url();
    }

    /** How many commands the requests cause, less what the nodes are asked in as long a time without requests. */
    private long commandsOf(IntConsumer request) {
        long start = System.nanoTime();
        long busy = commandsDuring(() -> {
            for (int i = 0; i < REQUESTS; i++) {
                request.accept(i);
            }
        });
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long idle = commandsDuring(
                () -> await().pollDelay(took).atMost(took.plusMinutes(1)).until(() -> true));
        return busy - idle;
    }

    /** Nothing is being repaired any more after what other tests did to the nodes. */
    private void awaitCalm() {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> commandsDuring(() -> await().pollDelay(CALM).until(() -> true)) == 0);
    }

    private long commandsDuring(Runnable activity) {
        long before = commands();
        activity.run();
        return commands() - before;
    }

    private long commands() {
        return cluster.nodes().stream().mapToLong(MemcachedProcess::commands).sum();
    }
}
