package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of events that the schedules of the simulation hardly ever meet; each is what one rule of the pair is for. */
class RareFaultsTest {
    private static final String ID = "S-n1";
    private static final String KEY = "app:S";
    private static final String MARK_OF_N1 = new Bookkeeping("app").markKey("n1");

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);
    private final AppServer b = new AppServer(time, server1, server2);

    @BeforeEach
    void complete() {
        a.watch();
        b.watch();
        time.pass(Duration.ofSeconds(5));
        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
        assertThat(b.believes("n1") && b.believes("n2")).isTrue();
    }

    @Test
    void aMissFromBeforeAFailureIsNotCombinedWithIt() {
        b.n1.refuse();
        b.create(ID, "x", "1");
        b.n1.heal();
        // n1 has missed; before n2 is asked the copy of n1 is put back, and n2 dies
        a.n2.before(() -> {
            b.n1.heal();
            time.pass(Duration.ofMillis(300));
            b.read(ID, "x");
            server2.kill();
        });
        assertThat(a.read(ID, "x")).hasValue("1");
    }

    /** As in the schedule of seed 28537. */
    @Test
    void aMissThatCannotBeJudgedIsAskedForAgainWhereTheOtherHomeHasOnlyRestarted() {
        List<Boolean> believed = new ArrayList<>();
        a.n2.before(() -> {
            server2.restart();
            // n2 is back when n1 is asked alone, and what it knew of n1 is gone
            a.n1.before(() -> {
                time.pass(Duration.ofMillis(20));
                a.done(a.completeness.poll());
                believed.add(a.believes("n1"));
            });
        });
        assertThat(a.load(ID).record()).isNull();
        assertThat(believed).containsExactly(false);
    }

    /** Where the connection to it is made more slowly than the miss is judged. */
    @Test
    void aMissThatCannotBeJudgedWaitsForTheFirstProbeOfAHomeThatWasLost() {
        b.n1.refuse();
        b.create("T-n1", "x", "1");
        a.done(a.completeness.poll());
        assertThat(a.believes("n1")).isFalse();
        a.n2.before(server2::restart);
        assertThat(a.load(ID).record()).isNull();
    }

    @Test
    void aStampDoesNotMakeTheMissOfANodeBelievedThatWasGoneAround() {
        b.n1.refuse();
        b.create(ID, "x", "1");
        a.done(a.completeness.poll());
        assertThat(a.believes("n1")).isFalse();
        server2.kill();
        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aCopyThatIsAddedWhereANewerOneVanishedIsBroughtUpToDate() {
        a.create(ID, "x", "1");
        // n1 has answered x=1; before n2 is asked x=2 is acknowledged, and n2 evicts it
        a.n2.before(() -> {
            b.save(ID, b.load(ID), "x", "2");
            server2.evict(KEY);
        });
        a.load(ID);
        server1.kill();
        assertThat(b.read(ID, "x")).hasValue("2");
    }

    @Test
    void aSaveGivesTheHomeThatLostItsCopyAnother() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        server1.evict(KEY);
        assertThat(a.save(ID, loaded, "x", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(server1.value(KEY)).hasValue(server2.value(KEY).orElseThrow());
    }

    @Test
    void aReadAroundANodeLeavesAMark() {
        a.create(ID, "x", "1");
        a.n1.refuse();
        a.read(ID, "x");
        assertThat(server2.value(MARK_OF_N1)).isPresent().get().isNotEqualTo(Bookkeeping.clear(NodeStatistics.NONE));
    }

    @Test
    void aReadThatCannotFillAHomeLeavesAMark() {
        a.create(ID, "x", "1");
        server1.evict(KEY);
        a.n2.before(a.n1::hang); // n1 has missed, and does not answer any more
        assertThat(a.read(ID, "x")).hasValue("1");
        assertThat(server2.value(MARK_OF_N1)).isPresent().get().isNotEqualTo(Bookkeeping.clear(NodeStatistics.NONE));
    }

    @Test
    void aReadThatCannotLeaveItsMarkIsNotAnswered() {
        a.create(ID, "x", "1");
        a.n1.refuse();
        a.read(ID, "x");
        a.n2.before(a.n2::reject); // n2 answers, and then keeps nothing
        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aSingleTimeoutLeavesAMark() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        a.n1.hang();
        a.save(ID, loaded, "x", "2");
        assertThat(a.nodes.node("n1").orElseThrow().up()).isTrue();
        assertThat(server2.value(MARK_OF_N1)).isPresent().get().isNotEqualTo(Bookkeeping.clear(NodeStatistics.NONE));
    }

    @Test
    void aNodeWhoseMarkVanishedIsNotComplete() {
        a.create(ID, "x", "1");
        b.n1.refuse();
        b.save(ID, b.load(ID), "x", "2");
        server2.evict(MARK_OF_N1);
        a.done(a.completeness.poll());
        assertThat(a.believes("n1")).isFalse();
    }

    @Test
    void aSaveOnWhatIsPastItsDeadlineIsNotSent() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        time.pass(AppServer.TIMEOUT.plusSeconds(20).plusMillis(1));
        assertThat(a.save(ID, loaded, "x", "2").outcome()).isEqualTo(SaveOutcome.OVER);
    }

    @Test
    void aRenewalThatRunsLateDoesNotReviveWhatWasFoundOver() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        time.pass(AppServer.TIMEOUT.plusSeconds(19));
        a.n1.hang();
        a.n2.refuse();
        var unused = a.pair.noteAccess(a.homes(ID), loaded, time.millis());
        b.n1.refuse();
        time.pass(Duration.ofSeconds(3));
        assertThat(b.load(ID).live()).isNull();

        a.n1.heal();
        b.n1.heal();
        time.pass(Duration.ofSeconds(2));
        assertThat(b.load(ID).live()).isNull();
    }

    @Test
    void anEndOfWhatIsOverEndsWhatItWasRenamedTo() {
        renamedAndEndedAtOnce();
        a.done(a.pair.end(a.homes(ID)));
        assertThat(b.load("R-n1").live()).isNull();
    }

    @Test
    void aReadThatFindsASessionOverEndsWhatItWasRenamedTo() {
        renamedAndEndedAtOnce();
        assertThat(a.load(ID).live()).isNull();
        assertThat(b.load("R-n1").live()).isNull();
    }

    @Test
    void aSaveThatFindsASessionOverEndsWhatItWasRenamedTo() {
        Loaded loaded = renamedAndEndedAtOnce();
        assertThat(a.save(ID, loaded, "x", "2").outcome()).isEqualTo(SaveOutcome.OVER);
        assertThat(b.load("R-n1").live()).isNull();
    }

    /** The rename has reached n1 alone, and an end that did not see it n2 alone. */
    private Loaded renamedAndEndedAtOnce() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        a.create("R-n1", "x", "1");
        SessionRecord record = loaded.live();
        SessionId successor = SessionId.routed("R-n1").orElseThrow();
        server1.put(KEY, RecordFormat.write(record.movedTo(successor)));
        server2.put(KEY, RecordFormat.write(record.end()));
        return loaded;
    }
}
