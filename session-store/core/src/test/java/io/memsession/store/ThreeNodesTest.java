package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Homes by configured order; the next node stands in for one that is down, and hands over when it returns. */
class ThreeNodesTest {
    private static final String ID = "A1-n1";
    private static final String KEY = "app:A1";

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final InMemoryServer server3 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2, server3);
    private final AppServer b = new AppServer(time, server1, server2, server3);

    @BeforeEach
    void allComplete() {
        a.watch();
        b.watch();
        time.pass(Duration.ofSeconds(5));
        assertThat(a.believes("n1") && a.believes("n2") && a.believes("n3")).isTrue();
    }

    /** Makes x 1 in a new session, and 2 when n1 is down. */
    private void changeWhileN1IsDown() {
        a.create(ID, "x", "1");
        server1.kill();
        time.pass(Duration.ofSeconds(2));
        a.save(ID, a.load(ID), "x", "2");
    }

    @Test
    void theThirdNodeKeepsNothingWhileBothHomesAreUp() {
        a.create(ID, "x", "1");
        assertThat(server1.value(KEY)).isPresent();
        assertThat(server2.value(KEY)).isPresent();
        assertThat(server3.value(KEY)).isEmpty();
    }

    @Test
    void theHomesOfTheLastNodeBeginAgainAtTheFirst() {
        a.create("A1-n3", "x", "1");
        assertThat(server3.value(KEY)).isPresent();
        assertThat(server1.value(KEY)).isPresent();
        assertThat(server2.value(KEY)).isEmpty();
    }

    @Test
    void whatIsWrittenOrReadWhileAHomeIsDownHasTwoCopies() {
        a.create(ID, "x", "1");
        a.create("A2-n1", "x", "1");
        server1.kill();
        time.pass(Duration.ofSeconds(2));

        a.save(ID, a.load(ID), "x", "2");
        assertThat(server3.value(KEY))
                .isPresent()
                .get()
                .isEqualTo(server2.value(KEY).orElseThrow());
        assertThat(b.read("A2-n1", "x")).contains("1");
        assertThat(server3.value("app:A2")).isPresent();
    }

    @Test
    void aNewSessionHasTwoCopiesAtOnceWhileAHomeIsDown() {
        server2.kill();
        time.pass(Duration.ofSeconds(2));
        a.create(ID, "x", "1");
        assertThat(server1.value(KEY)).isPresent();
        assertThat(server3.value(KEY)).isPresent();
        assertThat(b.read(ID, "x")).contains("1");
    }

    @Test
    void aHomeThatReturnsEmptyIsFilledAgain() {
        changeWhileN1IsDown();
        server1.start();
        time.pass(Duration.ofSeconds(10));

        assertThat(server1.value(KEY))
                .isPresent()
                .get()
                .isEqualTo(server2.value(KEY).orElseThrow());
        assertThat(a.believes("n1") && b.believes("n1")).isTrue();
        assertThat(b.read(ID, "x")).contains("2");
    }

    @Test
    void aStandInIsNeverBelievedAlone() {
        changeWhileN1IsDown();
        server2.kill();
        time.pass(Duration.ofSeconds(2));

        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void theMissOfAStandInCountsForNothing() {
        a.create(ID, "x", "1");
        server1.kill();
        server2.restart();
        time.pass(Duration.ofSeconds(2));

        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void whatOnlyAStandInTookIsNotKept() {
        a.create(ID, "x", "1");
        server1.kill();
        time.pass(Duration.ofSeconds(2));
        Loaded loaded = a.load(ID);
        a.n2.hang();

        assertThatThrownBy(() -> a.save(ID, loaded, "x", "2")).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aRepairBringsHomeWhatOnlyAStandInKeeps() {
        changeWhileN1IsDown();
        server1.start();
        server2.restart();
        time.pass(Duration.ofSeconds(20));

        assertThat(b.read(ID, "x")).contains("2");
        assertThat(server1.value(KEY))
                .isPresent()
                .get()
                .isEqualTo(server2.value(KEY).orElseThrow());
    }

    @Test
    void anOldCopyOfAStandInDoesNotReviveAnEndedSession() {
        changeWhileN1IsDown();
        server1.start();
        time.pass(Duration.ofSeconds(10));
        a.done(a.pair.end(a.homes(ID)));
        server2.kill();
        time.pass(Duration.ofSeconds(2));

        assertThat(b.read(ID, "x")).isEmpty();
        server2.start();
        time.pass(Duration.ofSeconds(10));
        assertThat(b.read(ID, "x")).isEmpty();
    }
}
