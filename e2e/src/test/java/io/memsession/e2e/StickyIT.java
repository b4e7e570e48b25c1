package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogsOnFailure.class)
class StickyIT {
    private Cluster cluster;
    private Browser user;
    private AppServer first;
    private AppServer second;

    private void start(Host host) {
        cluster = Clusters.wholeSticky(host);
        user = new Browser(host);
        first = cluster.servers().get(0);
        second = cluster.servers().get(1);
    }

    private String note(AppServer server) {
        Answer answer = user.get(server.url(), "/api/attributes/note");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.text("value");
    }

    private void note(AppServer server, String value) {
        assertThat(user.post(server.url(), "/api/attributes/note?value=" + value)
                        .status())
                .isEqualTo(200);
    }

    @OnTomcat
    void namesNodeAndRouteInTheSessionId(Host host) {
        start(host);
        note(first, "here");
        assertThat(user.session()).matches("[0-9A-F]{32}-n[12]\\." + first.name());
        assertThat(note(first)).isEqualTo("here");
    }

    @OnTomcat
    void anotherTomcatTakesOverWhenOneIsKilled(Host host) {
        start(host);
        user.post(first.url(), "/api/login?user=ada");
        for (int i = 1; i <= 20; i++) {
            note(first, "v" + i);
        }
        first.kill9();
        assertThat(note(second)).isEqualTo("v20");
        assertThat(user.session()).endsWith("." + second.name());
        note(second, "v21");
        first.restart();
        assertThat(note(first)).isEqualTo("v21");
        assertThat(user.session()).endsWith("." + first.name());
    }

    @OnTomcat
    void seesNothingOlderWhenTheBalancerGoesBackAndForth(Host host) {
        start(host);
        for (int i = 1; i <= 30; i++) {
            AppServer writer = i % 2 == 0 ? first : second;
            note(writer, "v" + i);
            assertThat(note(i % 3 == 0 ? second : first)).isEqualTo("v" + i);
        }
        assertThat(user.plainIds()).hasSize(1);
    }

    @OnTomcat
    void namesAnotherNodeWhenItsOwnIsKilledAndLosesNothing(Host host) {
        start(host);
        note(first, "before");
        String before = String.valueOf(user.session());
        boolean onFirst = before.contains("-n1");
        NodeProcess own = cluster.nodes().get(onFirst ? 0 : 1);
        own.kill9();
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            assertThat(note(first)).isEqualTo("before");
            return String.valueOf(user.session()).contains(onFirst ? "-n2" : "-n1");
        });
        note(first, "after");
        first.kill9();
        assertThat(note(second)).isEqualTo("after");
        assertThat(user.plainIds()).hasSize(1);
        own.start();
        own.awaitUp();
        first.restart();
    }

    @OnTomcat
    void servesSessionsInMemoryWhileNoNodeAnswersAndFillsTheNodesAfterwards(Host host) {
        start(host);
        note(first, "before");
        cluster.nodes().forEach(ServerProcess::kill9);
        for (int i = 1; i <= 5; i++) {
            note(first, "v" + i);
            assertThat(note(first)).isEqualTo("v" + i);
        }
        cluster.nodes().forEach(ServerProcess::start);
        cluster.nodes().forEach(ServerProcess::awaitUp);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.nodes().stream().allMatch(node -> node.stat("curr_items") > 0)
                        && user.get(first.url(), "/api/session")
                                .json()
                                .path("homes")
                                .toString()
                                .contains("\"holds\":true"));
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(300))
                .until(() -> {
                    Answer answer = user.copy().get(second.url(), "/api/attributes/note");
                    // the other Tomcat answers 503 until it, too, has noticed that the nodes are back
                    assertThat(answer.status()).as(answer.body()).isIn(200, 503);
                    return answer.status() == 200 && "v5".equals(answer.text("value"));
                });
    }
}
