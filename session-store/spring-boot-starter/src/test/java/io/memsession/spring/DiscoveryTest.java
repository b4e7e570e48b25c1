package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeStatus;
import io.memsession.store.SessionStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is told one address: one that knows the nodes, or one that is all there is. */
@Tag("servers")
class DiscoveryTest {
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final MemcachedServer vip = MemcachedServer.started();
    private final MemcachedServer n1 = MemcachedServer.started();
    private final MemcachedServer n2 = MemcachedServer.started();
    private final Visitor visitor = new Visitor();

    @AfterEach
    void stop() {
        vip.close();
        n1.close();
        n2.close();
    }

    private Shop shop() {
        return Shop.start("discover:127.0.0.1:" + vip.port());
    }

    private void tell(int version, MemcachedServer... nodes) {
        StringBuilder list = new StringBuilder().append(version).append('\n');
        for (MemcachedServer node : nodes) {
            list.append("localhost|127.0.0.1|").append(node.port()).append(' ');
        }
        vip.put("AmazonElastiCache:cluster", list.toString());
    }

    private static SessionStore store(Shop shop) {
        return shop.context().getBean(SessionStore.class);
    }

    private static void awaitUp(Shop shop, int nodes) {
        await().atMost(BOUND)
                .until(() -> store(shop).nodes().stream().filter(NodeStatus::up).count() == nodes);
    }

    @Test
    void anApplicationThatStartsWithoutAnAnswerAnswers503UntilThereIsOne() {
        try (Shop shop = shop()) {
            assertThat(visitor.get(shop, "/write?cart=pear").statusCode()).isEqualTo(503);
            assertThat(visitor.body(shop, "/none")).isEqualTo("none");

            tell(1, n1, n2);

            awaitUp(shop, 2);
            visitor.cookie(null);
            assertThat(visitor.body(shop, "/write?cart=pear")).isEqualTo("pear");
            n1.kill();
            assertThat(visitor.body(shop, "/read")).isEqualTo("pear");
        }
    }

    @Test
    void aSingleAddressIsTakenAsItIs() {
        String address = "127.0.0.1:" + n1.port();
        try (Shop one = Shop.start(address);
                Shop other = Shop.start(address)) {
            awaitUp(one, 1);
            awaitUp(other, 1);
            assertThat(visitor.body(one, "/write?cart=pear")).isEqualTo("pear");
            assertThat(visitor.body(other, "/read")).isEqualTo("pear");
        }
    }

    @Test
    @Tag("long")
    void metersFollowTheNodesThatAreTold() {
        tell(1, n1);
        try (Shop shop = shop()) {
            SimpleMeterRegistry registry = new SimpleMeterRegistry();
            shop.context().getBean(NodeMeters.class).bind(store(shop), registry);
            assertThat(registry.find("memsession.node.up").gauges()).hasSize(1);

            tell(2, n1, n2);

            await().atMost(BOUND.multipliedBy(2))
                    .untilAsserted(() -> assertThat(registry.find("memsession.node.up").gauges().stream()
                                    .mapToDouble(Gauge::value)
                                    .sum())
                            .isEqualTo(2));
        }
    }
}
