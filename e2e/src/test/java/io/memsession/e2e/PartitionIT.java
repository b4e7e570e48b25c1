package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

/** One app server sees only one node, the other only the other: what a pair can do about that, it does. */
@ExtendWith(LogsOnFailure.class)
class PartitionIT {
    private Cluster cluster;
    private String one;
    private String other;

    @OnTwoHosts
    void bothSidesGoOnWithTheSessionsFromBeforeAndTheirCopiesMergeWhenItHeals(Host host) {
        cluster = Clusters.whole(host);
        one = cluster.servers().get(0).url();
        other = cluster.servers().get(1).url();
        Browser shared = new Browser(host);
        Browser ended = new Browser(host);
        set(shared, one, "before", "kept");
        set(ended, other, "before", "kept");
        split();

        Browser otherWindow = shared.copy();
        set(shared, one, "one", "1");
        set(otherWindow, other, "other", "2");
        assertThat(shared.get(one, "/api/attributes/before").text("value")).isEqualTo("kept");
        assertThat(otherWindow.get(other, "/api/attributes/before").text("value"))
                .isEqualTo("kept");
        Browser endedWindow = ended.copy();
        set(endedWindow, one, "one", "1");
        assertThat(ended.post(other, "/api/logout").status()).isEqualTo(200);

        cluster.heal();
        await().atMost(Duration.ofSeconds(30)).until(() -> everythingIsThere(shared, one));
        await().atMost(Duration.ofSeconds(30)).until(() -> everythingIsThere(shared, other));
        await().atMost(Duration.ofSeconds(60)).until(cluster::isRepaired);
        assertThat(shared.plainIds()).hasSize(1);
        for (AppServer server : cluster.servers()) {
            assertThat(endedWindow
                            .get(server.url(), "/api/session?create=false")
                            .status())
                    .isEqualTo(404);
        }
    }

    private void split() {
        cluster.way(0, 1).mode(FaultProxy.Mode.CUT);
        cluster.way(1, 0).mode(FaultProxy.Mode.CUT);
    }

    private static void set(Browser user, String url, String attribute, String value) {
        assertThat(user.post(url, "/api/attributes/" + attribute + "?value=" + value)
                        .status())
                .isEqualTo(200);
    }

    private static boolean everythingIsThere(Browser user, String url) {
        return user.get(url, "/api/attributes/before").text("value").equals("kept")
                && user.get(url, "/api/attributes/one").text("value").equals("1")
                && user.get(url, "/api/attributes/other").text("value").equals("2");
    }
}
