package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PairTest {
    private static final String ID = "S-n1";
    private static final String KEY = "app:S";

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);
    private final AppServer b = new AppServer(time, server1, server2);

    @Test
    void bothHomesKeepTheSameCopy() {
        a.create(ID, "x", "1");
        assertThat(server1.value(KEY))
                .isPresent()
                .hasValueSatisfying(copy -> assertThat(server2.value(KEY)).hasValue(copy));
    }

    @Test
    void whatOneAppServerSavedTheOtherReads() {
        a.create(ID, "x", "1");
        b.save(ID, b.load(ID), "x", "2", "y", "3");
        assertThat(a.read(ID, "x")).hasValue("2");
        assertThat(a.read(ID, "y")).hasValue("3");
    }

    @Test
    void aReadIsOneCommandForEachHomeAndASaveOneMore() {
        a.create(ID, "x", "1");
        long before = server1.commands() + server2.commands();
        Loaded loaded = b.load(ID);
        assertThat(server1.commands() + server2.commands() - before).isEqualTo(2);
        b.save(ID, loaded, "x", "2");
        assertThat(server1.commands() + server2.commands() - before).isEqualTo(4);
    }

    @Test
    void aSecondSaveNeedsNoRead() {
        Saved first = a.create(ID, "x", "1");
        long before = server1.commands() + server2.commands();
        a.save(ID, first.loaded(), "x", "2");
        assertThat(server1.commands() + server2.commands() - before).isEqualTo(2);
    }

    @Test
    void changesOfDifferentAttributesAreBothKept() {
        a.create(ID, "x", "1", "y", "1");
        Loaded inA = a.load(ID);
        Loaded inB = b.load(ID);
        assertThat(a.save(ID, inA, "x", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(b.save(ID, inB, "y", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(a.read(ID, "x")).hasValue("2");
        assertThat(a.read(ID, "y")).hasValue("2");
    }

    @Test
    void theLaterOfTwoChangesOfOneAttributeStays() {
        a.create(ID, "x", "1");
        Loaded inA = a.load(ID);
        Loaded inB = b.load(ID);
        b.save(ID, inB, "x", "from b");
        a.save(ID, inA, "x", "from a");
        assertThat(b.read(ID, "x")).hasValue("from a");
    }

    @Test
    void aRemovedAttributeIsGoneForAll() {
        a.create(ID, "x", "1", "y", "1");
        Loaded inB = b.load(ID);
        a.save(ID, a.load(ID), "x", "-");
        b.save(ID, inB, "y", "2");
        assertThat(a.read(ID, "x")).isEmpty();
        assertThat(a.read(ID, "y")).hasValue("2");
    }

    @Test
    void aDeltaThatAHomeTookIsNotBroughtBackOverWhatCameAfterIt() {
        a.create(ID, "x", "0");
        Loaded inA = a.load(ID);
        // n1 takes a's x=1; just before n2 is asked, b reads x=1 there, and replaces it, acknowledged, by x=2
        a.n2.before(() -> b.save(ID, b.load(ID), "x", "2"));
        a.save(ID, inA, "x", "1");
        assertThat(b.read(ID, "x")).hasValue("2");
    }

    @Test
    void aReadBringsTheHomeThatLagsUpToDateBeforeItAnswers() {
        a.create(ID, "x", "1");
        byte[] old = server2.value(KEY).orElseThrow();
        a.save(ID, a.load(ID), "x", "2");
        server2.put(KEY, old);
        assertThat(b.read(ID, "x")).hasValue("2");
        assertThat(server2.value(KEY)).hasValue(server1.value(KEY).orElseThrow());
    }

    @Test
    void aReadGivesTheHomeThatLostItsCopyAnother() {
        a.create(ID, "x", "1");
        server1.evict(KEY);
        assertThat(b.read(ID, "x")).hasValue("1");
        assertThat(server1.value(KEY)).hasValue(server2.value(KEY).orElseThrow());
    }

    @Test
    void aHomeThatIsDownIsLeftOut() {
        a.create(ID, "x", "1");
        server1.kill();
        assertThat(a.read(ID, "x")).hasValue("1");
        assertThat(a.save(ID, a.load(ID), "x", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(b.read(ID, "x")).hasValue("2");
    }

    @Test
    void aHomeThatComesBackEmptyIsFilledByReads() {
        a.create(ID, "x", "1");
        server1.kill();
        a.save(ID, a.load(ID), "x", "2");
        server1.start();
        time.pass(Duration.ofSeconds(1));
        assertThat(a.read(ID, "x")).hasValue("2");
        server2.kill();
        assertThat(a.read(ID, "x")).hasValue("2");
    }

    @Test
    void aHungHomeCostsOneOperationTimeoutAndNothingOnceItIsDown() {
        a.create(ID, "x", "1");
        a.n1.hang();
        for (int i = 0; i < 3; i++) {
            Duration took = took(a.pair.load(a.homes(ID)));
            assertThat(took).isBetween(Duration.ofMillis(250), Duration.ofMillis(251));
        }
        assertThat(took(a.pair.load(a.homes(ID)))).isZero();
    }

    @Test
    void aReadIsUnavailableWhenNoHomeAnswers() {
        a.create(ID, "x", "1");
        server1.kill();
        server2.kill();
        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> a.create("T-n1", "x", "1")).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aSaveThatNoHomeTakesIsUnavailable() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        a.n1.reject();
        a.n2.reject();
        assertThatThrownBy(() -> a.save(ID, loaded, "x", "2")).hasCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aSaveWhoseAnswersWereLostIsFoundToHaveBeenMade() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        a.n1.loseAnswers(NodeFailure.Kind.TIMED_OUT);
        assertThat(a.save(ID, loaded, "x", "2").outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(b.read(ID, "x")).hasValue("2");
    }

    @Test
    void anUnknownSessionIsAbsent() {
        assertThat(a.load("T-n1").record()).isNull();
    }

    @Test
    void anEndedSessionIsOverForEverybodyAndNoSaveRevivesIt() {
        a.create(ID, "x", "1");
        Loaded inB = b.load(ID);
        a.done(a.pair.end(a.homes(ID)));
        assertThat(b.load(ID).live()).isNull();
        assertThat(b.save(ID, inB, "x", "2").outcome()).isEqualTo(SaveOutcome.OVER);
        assertThat(a.load(ID).live()).isNull();
    }

    @Test
    void aTombstoneReachesTheHomeThatWasDown() {
        a.create(ID, "x", "1");
        byte[] stale = server1.value(KEY).orElseThrow();
        server1.kill();
        a.done(a.pair.end(a.homes(ID)));
        server1.start();
        server1.put(KEY, stale);
        time.pass(Duration.ofSeconds(1));
        assertThat(a.load(ID).live()).isNull();
        server2.kill();
        assertThat(a.load(ID).live()).isNull();
    }

    @Test
    void endingWhatIsNotThereDoesNothing() {
        a.done(a.pair.end(a.homes("T-n1")));
        assertThat(server1.keys()).isEmpty();
    }

    @Test
    void aSessionEndsByItsOwnDeadlineWhateverItsNodesKeep() {
        a.create(ID, "x", "1");
        byte[] copy = server1.value(KEY).orElseThrow();
        time.pass(AppServer.TIMEOUT.plusSeconds(19));
        assertThat(a.pair.read(a.homes(ID)).join().live()).isNotNull();
        time.pass(Duration.ofSeconds(30));
        server1.put(KEY, copy);
        server2.put(KEY, copy);
        assertThat(a.load(ID).live()).isNull();
        server1.put(KEY, copy);
        assertThat(b.load(ID).live())
                .as("after it was found over, an old copy revives nothing")
                .isNull();
    }

    @Test
    void aReadJustBehindTheDeadlineWaitsUntilLifeIsDecided() {
        a.create(ID, "x", "1");
        time.pass(AppServer.TIMEOUT.plusSeconds(20).plusMillis(1));
        Duration took = took(a.pair.load(a.homes(ID)));
        assertThat(took).isPositive().isLessThan(Duration.ofSeconds(1));
        assertThat(a.load(ID).live()).isNull();
    }

    @Test
    void aReadAfterALongPauseRenewsTheSessionBeforeItAnswers() {
        a.create(ID, "x", "1");
        time.pass(Duration.ofSeconds(90));
        assertThat(a.read(ID, "x")).hasValue("1");
        time.pass(Duration.ofSeconds(90));
        assertThat(b.read(ID, "x")).hasValue("1");
    }

    @Test
    void anAccessIsNotedInTheBackgroundUnlessSomebodyWasFaster() {
        a.create(ID, "x", "1");
        Loaded inA = a.load(ID);
        b.save(ID, b.load(ID), "x", "2");
        WriteRound round = a.done(a.pair.noteAccess(a.homes(ID), inA, time.millis()));
        assertThat(round.complete()).isFalse();
        assertThat(a.read(ID, "x")).hasValue("2");
    }

    @Test
    void aRenamedSessionLivesUnderItsNewIdOnly() {
        a.create(ID, "x", "1");
        Loaded renamed = a.done(a.pair.rename(a.homes(ID), a.homes("R-n2")));
        assertThat(AppServer.value(renamed, "x")).hasValue("1");
        assertThat(b.read("R-n2", "x")).hasValue("1");
        assertThat(b.load(ID).live()).isNull();
    }

    @Test
    void aSaveUnderTheOldIdGoesOnUnderTheNewOne() {
        a.create(ID, "x", "1");
        Loaded inB = b.load(ID);
        a.done(a.pair.rename(a.homes(ID), a.homes("R-n2")));
        Saved saved = b.save(ID, inB, "y", "2");
        assertThat(saved.outcome()).isEqualTo(SaveOutcome.SAVED);
        assertThat(saved.homes().id().plain()).isEqualTo("R");
        assertThat(a.read("R-n2", "y")).hasValue("2");
        assertThat(a.load(ID).live()).isNull();
    }

    @Test
    void aChangeThatComesBetweenIsCarriedOverByTheRename() {
        a.create(ID, "x", "1");
        Loaded inB = b.load(ID);
        a.n1.before(() -> {}); // the read of the old id
        a.n1.before(() -> b.save(ID, inB, "x", "2")); // just before the read of the new one
        a.done(a.pair.rename(a.homes(ID), a.homes("R-n1")));
        assertThat(b.read("R-n1", "x")).hasValue("2");
    }

    @Test
    void aRenameThatIsOvertakenDoesNotReadTheNewIdAgain() {
        a.create(ID, "x", "1");
        Loaded inB = b.load(ID);
        a.n1.before(() -> {}); // the read of the old id
        a.n1.before(() -> b.save(ID, inB, "x", "2"));
        long before = server1.commands();
        a.done(a.pair.rename(a.homes(ID), a.homes("R-n1")));
        assertThat(server1.commands() - before)
                .as("b's write, and twice: read the old, write the new, write the old")
                .isEqualTo(7);
    }

    @Test
    void ofTwoRenamesOneLeavesOneLiveSession() {
        a.create(ID, "x", "1");
        a.n1.before(() -> {});
        a.n1.before(() -> b.done(b.pair.rename(b.homes(ID), b.homes("B-n1"))));
        Loaded inA = a.done(a.pair.rename(a.homes(ID), a.homes("A-n1")));
        assertThat(inA.live()).isNull();
        assertThat(a.load("A-n1").live()).isNull();
        assertThat(a.read("B-n1", "x")).hasValue("1");
    }

    @Test
    void endingTheOldIdEndsWhatItWasRenamedTo() {
        a.create(ID, "x", "1");
        a.done(a.pair.rename(a.homes(ID), a.homes("R-n2")));
        b.done(b.pair.end(b.homes(ID)));
        assertThat(a.load("R-n2").live()).isNull();
    }

    @Test
    void ofTwoRenamesThatEachReachedOneHomeOneGoesOn() {
        a.create(ID, "x", "1");
        SessionRecord record = a.load(ID).live();
        for (String id : new String[] {"A-n1", "B-n2"}) {
            a.create(id, "x", "1");
        }
        server1.put(
                KEY, RecordFormat.write(record.movedTo(SessionId.routed("A-n1").orElseThrow())));
        server2.put(
                KEY, RecordFormat.write(record.movedTo(SessionId.routed("B-n2").orElseThrow())));

        assertThat(b.done(b.pair.rename(b.homes(ID), b.homes("B-n2"))).live()).isNull();
        assertThat(a.done(a.pair.rename(a.homes(ID), a.homes("A-n1"))).live()).isNotNull();
        assertThat(a.load("B-n2").live()).isNull();
        assertThat(a.load("A-n1").live()).isNotNull();
    }

    @Test
    void anEndedSessionCannotBeRenamed() {
        a.create(ID, "x", "1");
        a.done(a.pair.end(a.homes(ID)));
        assertThat(b.done(b.pair.rename(b.homes(ID), b.homes("R-n1"))).live()).isNull();
        assertThat(a.load("R-n1").live()).isNull();
    }

    @Test
    void aCorruptCopyIsReplacedByTheOtherHomes() {
        a.create(ID, "x", "1");
        server1.put(KEY, "rubbish".getBytes(US_ASCII));
        assertThat(a.read(ID, "x")).hasValue("1");
        assertThat(server1.value(KEY)).hasValue(server2.value(KEY).orElseThrow());
    }

    @Test
    void aSessionWithoutAReadableCopySaysSo() {
        server1.put(KEY, new byte[200]);
        assertThatThrownBy(() -> a.load(ID)).hasCauseInstanceOf(CorruptRecordException.class);
    }

    @Test
    void aRecordThatIsTooLargeLeavesTheOneThatIsKept() {
        Loaded loaded = a.create(ID, "x", "1").loaded();
        assertThat(a.save(ID, loaded, "x", "2".repeat(1_000_001)).outcome()).isEqualTo(SaveOutcome.TOO_LARGE);
        assertThat(b.read(ID, "x")).hasValue("1");
    }

    private Duration took(CompletableFuture<?> future) {
        long start = time.nanoTime();
        while (!future.isDone()) {
            time.pass(Duration.ofMillis(1));
        }
        return Duration.ofNanos(time.nanoTime() - start);
    }
}
