package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both nodes away at the same time: nobody can know, and nobody is logged out because of it. */
@ExtendWith(LogsOnFailure.class)
class UnavailableIT {
    /** How long after the nodes' return everything has to work. */
    private static final Duration BACK = Duration.ofSeconds(2);

    private static final String CART = "/api/attributes/cart";

    private Host host;
    private Cluster cluster;
    private Browser user;

    private void start(Host kind) {
        host = kind;
        cluster = Clusters.whole(kind);
        user = new Browser(kind);
        user.post(cluster.servers().get(0).url(), CART + "?value=full");
    }

    @OnEveryHost
    void answers503WithoutAnotherCookieAndServesEverybodyAgainWhenTheNodesAreBack(Host kind) {
        start(kind);
        ways(FaultProxy.Mode.CUT);
        for (AppServer server : cluster.servers()) {
            String cookie = kind.cookie() + "=" + user.session();
            assertUnavailable(RawAnswer.to(server.port(), CART, cookie));
            assertUnavailable(RawAnswer.to(server.port(), "/api/session", "other=cookie"));
            assertThat(new Browser(kind).get(server.url(), "/api/nothing").status())
                    .as("no session is asked for")
                    .isEqualTo(200);
            assertServed(RawAnswer.to(server.port(), Clusters.IGNORED, cookie));
        }

        ways(FaultProxy.Mode.PASS);
        assertEverythingWorksSoon("full");
        assertThat(user.plainIds()).hasSize(1);
    }

    @OnOneHost
    void servesEverybodyAgainAfterBothNodesHung(Host kind) {
        start(kind);
        cluster.nodes().forEach(ServerProcess::pause);
        awaitUnavailable();

        cluster.nodes().forEach(ServerProcess::resume);
        assertEverythingWorksSoon("full");
        assertThat(user.plainIds()).hasSize(1);
    }

    @OnOneHost
    void saysThatThereIsNoSuchSessionAfterBothNodesCameBackEmpty(Host kind) {
        start(kind);
        cluster.nodes().forEach(ServerProcess::kill9);
        awaitUnavailable();

        cluster.nodes().forEach(ServerProcess::start);
        cluster.nodes().forEach(ServerProcess::awaitUp);
        assertEverythingWorksSoon(null);
        for (AppServer server : cluster.servers()) {
            assertThat(user.get(server.url(), CART).json().path("found").asBoolean(true))
                    .isFalse();
        }
        user.post(cluster.servers().get(0).url(), CART + "?value=new");
        assertThat(user.plainIds()).hasSize(2);
        assertThat(user.get(cluster.servers().get(1).url(), CART).text("value")).isEqualTo("new");
    }

    private void ways(FaultProxy.Mode mode) {
        cluster.ways(0).forEach(way -> way.mode(mode));
        cluster.ways(1).forEach(way -> way.mode(mode));
    }

    private static void assertUnavailable(RawAnswer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.text()).contains("Retry-After: ").doesNotContain("Set-Cookie");
    }

    private static void assertServed(RawAnswer ignored) {
        assertThat(ignored.status()).as(ignored.text()).isEqualTo(200);
        assertThat(ignored.text()).contains("\"found\":false").doesNotContain("Set-Cookie");
    }

    /** Each app server has found out by itself that both nodes are down. */
    private void awaitUnavailable() {
        for (AppServer server : cluster.servers()) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> user.get(server.url(), CART).status() == 503 && believesAllDown(server));
        }
    }

    private boolean believesAllDown(AppServer server) {
        return cluster.nodes().stream().allMatch(node -> server.believesDown(node.name()));
    }

    /** The last request that was not answered as it should was not later than {@link #BACK} from now. */
    private void assertEverythingWorksSoon(@Nullable String cart) {
        long back = System.nanoTime();
        AtomicLong lastFailure = new AtomicLong(back);
        await().pollInterval(Duration.ofMillis(20))
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(20))
                .until(() -> {
                    boolean works = everythingWorks(cart);
                    lastFailure.set(works ? lastFailure.get() : System.nanoTime());
                    return works;
                });
        Duration took = Duration.ofNanos(lastFailure.get() - back);
        System.out.printf("%s: everything works %d ms after the nodes are back%n", host, took.toMillis());
        assertThat(took).isLessThan(BACK);
    }

    /** At each app server: the session from before is as it is, and a new one can be made and changed. */
    private boolean everythingWorks(@Nullable String cart) {
        return cluster.servers().stream().allMatch(server -> {
            Answer seen = user.get(server.url(), CART);
            Browser other = new Browser(host);
            return seen.status() == 200
                    && seen.text("value").equals(String.valueOf(cart))
                    && other.post(server.url(), CART + "?value=one").status() == 200
                    && other.post(server.url(), CART + "?value=two").status() == 200;
        });
    }
}
