package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both nodes away at the same time: nobody can know, and nobody is logged out because of it. */
@ExtendWith(LogsOnFailure.class)
class UnavailableIT {
    private static final Duration BACK = Duration.ofSeconds(2);

    @OnEveryHost
    void answers503WithoutAnotherCookieAndServesEverybodyAgainWhenTheNodesAreBack(Host host) {
        Cluster cluster = Clusters.whole(host);
        String url = cluster.servers().get(0).url();
        Browser user = new Browser(host);
        user.post(url, "/api/attributes/cart?value=full");
        ways(cluster, FaultProxy.Mode.CUT);

        for (AppServer server : cluster.servers()) {
            String cookie = host.cookie() + "=" + user.session();
            assertUnavailable(RawAnswer.to(server.port(), "/api/attributes/cart", cookie));
            assertUnavailable(RawAnswer.to(server.port(), "/api/session", "other=cookie"));
            assertThat(new Browser(host).get(server.url(), "/api/nothing").status())
                    .as("no session is asked for")
                    .isEqualTo(200);
        }

        ways(cluster, FaultProxy.Mode.PASS);
        long back = System.nanoTime();
        for (AppServer server : cluster.servers()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> user.get(server.url(), "/api/attributes/cart").status() == 200
                            && new Browser(host)
                                            .get(server.url(), "/api/session")
                                            .status()
                                    == 200);
            assertThat(user.get(server.url(), "/api/attributes/cart").text("value"))
                    .isEqualTo("full");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(BACK.plusSeconds(1));
        assertThat(user.plainIds()).hasSize(1);
    }

    private static void ways(Cluster cluster, FaultProxy.Mode mode) {
        cluster.ways(0).forEach(way -> way.mode(mode));
        cluster.ways(1).forEach(way -> way.mode(mode));
    }

    private static void assertUnavailable(RawAnswer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.text()).contains("Retry-After: ").doesNotContain("Set-Cookie");
    }
}
