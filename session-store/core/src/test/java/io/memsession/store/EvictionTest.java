package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that throws out live records is not complete. */
class EvictionTest {
    private static final String ID = "A1-n1";
    private static final String KEY = "app:A1";

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);

    @BeforeEach
    void complete() {
        a.watch();
        time.pass(Duration.ofSeconds(5));
        a.create(ID, "x", "1");
        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
    }

    @Test
    void aMissOfANodeThatHasEvictedSinceIsNotBelieved() {
        server1.evict(KEY);
        server2.kill();

        assertThat(a.believes("n1")).as("nobody has polled yet").isTrue();
        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aMissOfANodeThatEvictedNothingIs() {
        server2.kill();
        assertThat(a.read("A2-n1", "x")).isEmpty();
    }

    @Test
    void whatWasEvictedComesBackWithoutBeingAskedFor() {
        server1.evict(KEY);
        time.pass(Duration.ofSeconds(15));

        assertThat(server1.value(KEY))
                .isPresent()
                .get()
                .isEqualTo(server2.value(KEY).orElseThrow());
        assertThat(a.believes("n1")).isTrue();
    }

    @Test
    void aNodeThatEvictsAllTheTimeIsNotRepairedAllTheTime() {
        long before = server1.commands();
        for (int i = 0; i < 80; i++) {
            a.create("B" + i + "-n1", "x", "1");
            server1.evict("app:B" + i);
            time.pass(Duration.ofSeconds(1));
        }
        // 80 polls, 80 new sessions, and repairs after 1, 2, 4, 8, 16, 30 and 30 seconds
        assertThat(server1.commands() - before).isLessThan(80 * 4 + 80 * 2 + 8 * (81 * 2 + 10));
        assertThat(a.read("B7-n1", "x")).contains("1");
    }
}
