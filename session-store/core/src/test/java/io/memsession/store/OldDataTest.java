package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A server that saves what it keeps, as Redis does, and comes back with it after a restart: it missed what came since.
 */
class OldDataTest {
    private static final String ID = "A1-n1";
    private static final Duration UNTIL_REPAIRED = Duration.ofSeconds(20);

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);

    @BeforeEach
    void complete() {
        server1.tellLife();
        server2.tellLife();
        a.watch();
        a.create(ID, "x", "old");
        time.pass(UNTIL_REPAIRED);
        server1.save();
        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
    }

    @Test
    void itsOldStampDoesNotMakeItsWordBelieved() {
        a.create("A2-n1", "x", "new");

        server1.restart();
        time.pass(Duration.ofMillis(100));
        AppServer fresh = new AppServer(time, server1, server2);
        fresh.watch();

        assertThat(server1.value("memsession:app:stamp")).as("it is back").isPresent();
        assertThat(fresh.believes("n1")).isFalse();
        server2.kill();
        assertThatThrownBy(() -> fresh.load("A2-n1")).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void itsOldClearMarkDoesNotMakeAnotherNodeBelieved() {
        server1.restart();
        AppServer fresh = new AppServer(time, server1, server2);
        fresh.done(fresh.completeness.poll());

        assertThat(server1.value("memsession:app:mark:n2")).as("it is back").isPresent();
        assertThat(fresh.believes("n2")).isFalse();
    }

    @Test
    void isRepairedOfWhatItMissed() {
        a.save(ID, a.load(ID), "x", "new");
        a.create("A2-n1", "x", "new");

        server1.restart();
        time.pass(UNTIL_REPAIRED);

        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
        server2.kill();
        assertThat(a.read(ID, "x")).contains("new");
        assertThat(a.read("A2-n1", "x")).contains("new");
    }
}
