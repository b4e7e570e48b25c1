package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three nodes: a session has two of them, and the third stands in. */
@ExtendWith(LogsOnFailure.class)
class ThreeNodesIT {
    private static final List<Fault> FAULTS =
            Fault.named(System.getProperty("three.faults", Clusters.ALL ? "kill,hang,restart" : "restart"));

    private static final int SESSIONS = 4;
    private static final int REQUESTS = 50;

    @AfterAll
    static void stop() {
        Clusters.stopThoseOfThree();
    }

    @OnOneHost
    void keepsThePromiseWhenOneNodeAfterTheOtherFails(Host host) throws Exception {
        Cluster cluster = Clusters.wholeOfThree(host);
        try (Trial trial = new Trial(cluster, SESSIONS, HistoryIT.SEED)) {
            for (Fault fault : FAULTS) {
                trial.failAll(fault);
            }
            List<String> violations = trial.judge();
            trial.figures().forEach(System.out::println);
            assertThat(violations).as(() -> Trial.shown(violations)).isEmpty();
        }
    }

    /** Whoever makes ids up has each look end after one round trip to two nodes, as for any id that is not there. */
    @OnOneHost
    void asksForForgedIdsNoMoreThanForAnyOther(Host host) {
        Cluster cluster = Clusters.wholeOfThree(host);
        CommandCount count = new CommandCount(cluster);
        Browser user = new Browser(host);
        user.post(cluster.servers().get(0).url(), "/api/attributes/note?value=here");
        String known = Browser.plain(user.session());
        String unknown = "0123456789ABCDEF0123456789ABCDEF";
        count.awaitCalm();

        assertThat(commandsOf(unknown + "-n1", cluster, count))
                .as("an ordinary miss")
                .isCloseTo(2L * REQUESTS, within(CommandCount.LOOK));
        for (String forged : List.of(
                unknown,
                unknown + "-n3",
                unknown + "-n9",
                unknown + "-n1-n2-n3",
                unknown.repeat(4) + "-n1",
                unknown.repeat(100) + "-n2",
                known + "-n1-n2-n3",
                known + "-n9",
                known + "-n1",
                known + "-n2",
                known + "-n3")) {
            assertThat(commandsOf(forged, cluster, count))
                    .as(forged)
                    .isLessThanOrEqualTo(2L * REQUESTS + CommandCount.LOOK);
        }
    }

    private static long commandsOf(String id, Cluster cluster, CommandCount count) {
        Host host = cluster.host();
        String cookie = host.cookie() + "=" + (host == Host.BOOT ? base64(id) : id);
        return count.of(REQUESTS, i -> {
            AppServer server = cluster.servers().get(i % 2);
            RawAnswer answer = RawAnswer.to(server.port(), "/api/attributes/note", cookie);
            assertThat(answer.status()).as(id).isEqualTo(200);
        });
    }

    private static String base64(String id) {
        return Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
    }
}
