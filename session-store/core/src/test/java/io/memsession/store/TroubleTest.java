package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Nodes that answer by errors, app servers that stand still, records that nobody's browser made. */
class TroubleTest {
    private static final String ID = "S-n1";
    private static final String KEY = "app:S";

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time, 10_000);
    private final AppServer a = new AppServer(time, server1, server2);

    @Test
    void aNodeThatAnswersAllByErrorsGoesDownAndComesBackWhenItIsWell() {
        a.create(ID, "x", "1");
        a.n1.reject();
        for (int i = 0; i < 3; i++) {
            assertThat(a.read(ID, "x")).hasValue("1");
        }
        assertThat(a.nodes.node("n1").orElseThrow().up()).isFalse();
        time.pass(Duration.ofSeconds(5));
        assertThat(a.nodes.node("n1").orElseThrow().up())
                .as("its version is not enough")
                .isFalse();

        a.n1.heal();
        time.pass(Duration.ofSeconds(1));
        assertThat(a.nodes.node("n1").orElseThrow().up()).isTrue();
    }

    @Test
    void msmS6BothNodesRefusingToKeepIsSaidSoon() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        a.n1.reject();
        a.n2.reject();
        long start = time.nanoTime();
        assertThatThrownBy(() -> a.save(ID, loaded, "x", "2")).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aRecordAboveTheItemLimitOfOneNodeIsNotSentToAny() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        assertThat(a.save(ID, loaded, "x", "2".repeat(20_000)).outcome()).isEqualTo(SaveOutcome.TOO_LARGE);
        assertThat(a.read(ID, "x")).hasValue("1");
    }

    @Test
    void bothNodesLateAtOnceAreAskedOnceMore() {
        a.create(ID, "x", "1");
        a.n1.hang();
        a.n2.hang();
        time.after(Duration.ofMillis(300), () -> {
            a.n1.heal();
            a.n2.heal();
        });
        assertThat(a.read(ID, "x")).hasValue("1");
    }

    @Test
    void aRequestWaitsForAHungNodeOnceWhenItReadsAndNotAgainWhenItWrites() {
        a.create(ID, "x", "1");
        a.n1.hang();
        long start = time.nanoTime();
        a.save(ID, a.load(ID), "x", "2");
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isLessThan(Duration.ofMillis(300));

        start = time.nanoTime();
        Loaded renamed = a.done(a.pair.rename(a.homes(ID), a.homes("R-n1")));
        assertThat(AppServer.value(renamed, "x")).hasValue("2");
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isLessThan(Duration.ofMillis(50));
    }

    @Test
    void aRequestWaitsTwiceAtMostWhenTheNodeHangsBetweenItsReadAndItsWrite() {
        a.create(ID, "x", "1");
        Loaded loaded = a.load(ID);
        a.n1.hang();
        long start = time.nanoTime();
        assertThat(a.save(ID, loaded, "x", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isLessThan(Duration.ofMillis(300));
    }

    @Test
    void aNewIdNeedsNobodyToConfirmThatItIsNew() {
        a.create(ID, "x", "1");
        server1.kill();
        assertThat(a.nodes.node("n2").orElseThrow().complete())
                .as("never polled")
                .isFalse();
        Loaded renamed = a.done(a.pair.rename(a.homes(ID), a.homes("R-n2")));
        assertThat(AppServer.value(renamed, "x")).hasValue("1");
    }

    @Test
    void recordsThatNameEachOtherAsSuccessorsAreEndedAndLeft() {
        a.create(ID, "x", "1");
        SessionRecord record = a.load(ID).live();
        SessionId one = SessionId.routed(ID).orElseThrow();
        SessionId other = SessionId.routed("R-n1").orElseThrow();
        byte[] there = RecordFormat.write(record.movedTo(other).end());
        byte[] back = RecordFormat.write(record.movedTo(one).end());
        for (InMemoryServer server : new InMemoryServer[] {server1, server2}) {
            server.put(KEY, there);
            server.put("app:R", back);
        }
        long before = server1.commands();

        assertThat(a.load(ID).live()).isNull();
        a.done(a.pair.end(a.homes("R-n1")));
        assertThat(server1.commands() - before).isLessThan(10);
    }

    @Test
    void aSaveIsNotLedInCircles() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        SessionId one = SessionId.routed(ID).orElseThrow();
        SessionId other = SessionId.routed("R-n1").orElseThrow();
        SessionRecord record = loaded.live();
        for (InMemoryServer server : new InMemoryServer[] {server1, server2}) {
            server.put(KEY, RecordFormat.write(record.movedTo(other)));
            server.put("app:R", RecordFormat.write(record.movedTo(one)));
        }
        assertThatThrownBy(() -> a.save(ID, loaded, "x", "2")).hasCauseInstanceOf(StoreUnavailableException.class);
    }
}
