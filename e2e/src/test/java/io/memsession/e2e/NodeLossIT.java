package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(LogsOnFailure.class)
class NodeLossIT {
    private static final int IDLE = 200;
    private static final int USERS = 8;

    /** What is tested; by default a pair of memcacheds. */
    Cluster whole(Host host) {
        return Clusters.whole(host);
    }

    @OnEveryHost
    void losesNothingWhenOneNodeAfterTheOtherIsKilledUnderLoad(Host host) {
        killOneAfterTheOther(whole(host));
    }

    static void killOneAfterTheOther(Cluster cluster) {
        NodeProcess first = cluster.nodes().get(0);
        NodeProcess second = cluster.nodes().get(1);
        try (Load load = new Load(USERS, number -> new Counting(cluster))) {
            load.awaitMore(10);
            first.kill9();
            load.awaitMore(20);
            first.restart();
            awaitThatItHoldsEverySession(first);
            // an app server that still goes around the first node has what it writes in the second alone
            await().atMost(Duration.ofSeconds(30)).until(cluster::isRepaired);
            load.awaitMore(10);
            second.kill9();
            load.awaitMore(20);
            second.restart();
            awaitThatItHoldsEverySession(second);
            load.awaitMore(10);
            load.finish();
        }
    }

    @OnTwoHosts
    void answersEverybodyWhileANodeHangsAndAfterItGoesOn(Host host) {
        Cluster cluster = whole(host);
        NodeProcess first = cluster.nodes().get(0);
        try (Load load = new Load(USERS, number -> new Counting(cluster))) {
            load.awaitMore(10);
            first.pause();
            load.awaitMore(20);
            first.resume();
            load.awaitMore(20);
            load.finish();
        }
    }

    @OnTwoHosts
    void sessionsThatNobodyTouchesRegainTheirSecondCopy(Host host) {
        Cluster cluster = whole(host);
        NodeProcess first = cluster.nodes().get(0);
        NodeProcess second = cluster.nodes().get(1);
        List<Browser> users =
                IntStream.range(0, IDLE).mapToObj(i -> new Browser(host)).toList();
        users.forEach(user -> user.post(cluster.servers().get(0).url(), "/api/attributes/note?value=kept"));

        first.kill9();
        first.restart();
        await().atMost(Duration.ofSeconds(30)).until(() -> first.stat("curr_items") >= IDLE);
        Browser observer = new Browser(host);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> cluster.servers().stream().allMatch(server -> seesBothNodesUp(observer, server)));
        second.kill9();

        for (Browser user : users) {
            Answer answer = user.get(cluster.servers().get(1).url(), "/api/attributes/note");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("value").asString()).isEqualTo("kept");
        }
        second.restart();
        await().atMost(Duration.ofSeconds(30)).until(() -> second.stat("curr_items") >= IDLE);
    }

    /** The first failure is over when every app server knows. */
    private static boolean seesBothNodesUp(Browser observer, AppServer server) {
        JsonNode homes = observer.get(server.url(), "/api/session").json().path("homes");
        return homes.size() == 2
                && homes.valueStream()
                        .allMatch(home -> home.path("state").asString().equals("up"));
    }

    private static void awaitThatItHoldsEverySession(NodeProcess node) {
        await().atMost(Duration.ofSeconds(30)).until(() -> node.stat("curr_items") >= USERS);
    }

    /** Counts in a session of its own, each time at the other server, and reads back what it counted. */
    private static final class Counting extends Load.User {
        private final Cluster cluster;
        private final Browser browser;

        Counting(Cluster cluster) {
            this.cluster = cluster;
            this.browser = new Browser(cluster.host());
        }

        @Override
        void act(int number) {
            String writer = cluster.servers().get(number % 2).url();
            String reader = cluster.servers().get((number + 1) % 2).url();
            is(number, browser.post(writer, "/api/attributes/count/increment"));
            is(number, browser.get(reader, "/api/attributes/count"));
            assertThat(browser.plainIds()).hasSize(1);
        }

        private static void is(int number, Answer answer) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json().path("value").asInt()).as(answer.body()).isEqualTo(number);
        }
    }
}
