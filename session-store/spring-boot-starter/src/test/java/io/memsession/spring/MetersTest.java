package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be alerted on, with a pair of memcacheds. */
@Tag("servers")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetersTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static Shop shop;

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        shop = Shop.start(n1.address("n1") + "," + n2.address("n2"));
    }

    @AfterAll
    static void stop() {
        shop.close();
        n1.close();
        n2.close();
    }

    private static MeterRegistry registry() {
        return shop.context().getBean(MeterRegistry.class);
    }

    private static double counted(String name) {
        return registry().get(name).functionCounter().count();
    }

    /** Else the growth from nothing to 1 is not seen by who compares two values. */
    @Order(1)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "memsession.sessions.rejected",
                "memsession.sessions.unreachable",
                "memsession.requests.refused",
                "memsession.attributes.unsaved",
                "memsession.attributes.unreadable",
                "memsession.repair.given.up",
                "memsession.node.failures",
                "memsession.records.corrupt"
            })
    void aCounterIsThereBeforeAnythingWasCounted(String name) {
        assertThat(registry().get(name).counter().count()).isZero();
    }

    @Test
    @Order(2)
    void aNodeTellsItsMemoryAndItsCommands() {
        await().atMost(Duration.ofSeconds(20)).until(() -> counted("memsession.node.commands") > 0);
        assertThat(registry().get("memsession.node.memory.used").gauge().value())
                .isPositive();
        assertThat(registry().get("memsession.node.memory.max").gauge().value()).isEqualTo(64 << 20);
        assertThat(counted("memsession.node.evictions")).isZero();
    }

    @Test
    @Order(3)
    void aRequestThatIsRefusedIsCounted() {
        Visitor visitor = new Visitor();
        visitor.get(shop, "/write?cart=tea");
        n1.kill();
        n2.kill();

        assertThat(visitor.get(shop, "/read").statusCode()).isEqualTo(503);

        assertThat(registry().get("memsession.requests.refused").counter().count())
                .isEqualTo(1);
    }
}
