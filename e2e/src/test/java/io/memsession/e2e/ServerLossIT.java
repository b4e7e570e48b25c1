package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogsOnFailure.class)
class ServerLossIT {
    @OnTwoHosts
    void keepsEveryCartRightWhenOneServerBehindTheBalancerIsKilledAfterTheOther(Host host) {
        Cluster cluster = Clusters.whole(host);
        AppServer doomed = cluster.servers().get(0);
        AppServer other = cluster.servers().get(1);
        Set<String> answered = ConcurrentHashMap.newKeySet();
        try (Load load = new Load(4, number -> new Shopping(cluster, answered))) {
            load.awaitMore(8);
            await().atMost(Duration.ofSeconds(20)).until(() -> answered.size() == 2);
            doomed.kill9();
            load.awaitMore(2); // what was under way is done
            answered.clear();
            load.awaitMore(8);
            assertThat(answered).containsExactly(other.name());
            doomed.restart();
            other.kill9(); // within the second in which nginx has not yet seen that the first is back
            load.awaitMore(8);
            load.finish();
        }
    }

    /** Changes a cart through the balancer and looks at it. */
    private static final class Shopping extends Load.User {
        private static final String[] SKUS = {"tea", "pot", "cup", "tin"};

        private final String url;
        private final Browser browser;
        private final Set<String> answered;
        private final Map<String, Integer> expected = new TreeMap<>();

        Shopping(Cluster cluster, Set<String> answered) {
            this.url = cluster.nginx().url();
            this.browser = new Browser(cluster.host());
            this.answered = answered;
        }

        @Override
        void act(int number) {
            String sku = SKUS[number % SKUS.length];
            int quantity = 1 + number % 50;
            expected.put(sku, quantity);
            isRight(browser.post(url, "/api/cart?sku=" + sku + "&quantity=" + quantity));
            isRight(browser.get(url, "/api/cart"));
            assertThat(browser.plainIds()).hasSize(1);
        }

        private void isRight(Answer answer) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.cart()).isEqualTo(expected);
            answered.add(answer.text("server"));
        }
    }
}
