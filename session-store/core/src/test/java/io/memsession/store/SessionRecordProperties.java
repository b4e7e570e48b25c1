package io.memsession.store;

import static io.memsession.store.SessionRecord.merge;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What makes merging safe in whatever order copies meet. Values are few on purpose, so that stamps collide. */
class SessionRecordProperties {

    @Property(tries = 2000)
    void mergeIsCommutative(@ForAll("records") SessionRecord a, @ForAll("records") SessionRecord b) {
        assertThat(merge(a, b)).isEqualTo(merge(b, a));
    }

    @Property(tries = 2000)
    void mergeIsAssociative(
            @ForAll("records") SessionRecord a,
            @ForAll("records") SessionRecord b,
            @ForAll("records") SessionRecord c) {
        assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
    }

    @Property(tries = 2000)
    void mergeIsIdempotent(@ForAll("records") SessionRecord a, @ForAll("records") SessionRecord b) {
        assertThat(merge(a, a)).isEqualTo(a);
        assertThat(merge(merge(a, b), b)).isEqualTo(merge(a, b));
    }

    @Property
    void theEmptyRecordIsNeutral(@ForAll("records") SessionRecord a) {
        assertThat(merge(a, SessionRecord.EMPTY)).isEqualTo(a);
        assertThat(merge(SessionRecord.EMPTY, a)).isEqualTo(a);
    }

    @Property
    void statesOnlyGoForward(@ForAll("records") SessionRecord a, @ForAll("records") SessionRecord b) {
        assertThat(merge(a, b).state()).isGreaterThanOrEqualTo(a.state()).isGreaterThanOrEqualTo(b.state());
    }

    @Property
    void aTombstoneOutlivesEveryMerge(@ForAll("records") SessionRecord a, @ForAll("records") SessionRecord b) {
        SessionRecord merged = merge(a.end(), b);
        assertThat(merged.ended()).isTrue();
        assertThat(merged.attributes()).isEmpty();
        assertThat(merged.successors()).containsAll(a.successors()).containsAll(b.successors());
    }

    @Property(tries = 2000)
    void recordsAreReadAsTheyWereWritten(@ForAll("records") SessionRecord a) {
        byte[] bytes = RecordFormat.write(a);
        assertThat(RecordFormat.read(bytes)).isEqualTo(a);
        assertThat(RecordFormat.write(RecordFormat.read(bytes))).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<SessionRecord> records() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 3);
        Arbitrary<SortedSet<SessionId>> successors = Arbitraries.of("a", "b", "c")
                .map(plain -> new SessionId(plain, plain.equals("a") ? null : "n1", null))
                .set()
                .ofMaxSize(2)
                .map(TreeSet::new);
        return Combinators.combine(
                        Arbitraries.of(SessionRecord.State.values()),
                        successors,
                        numbers,
                        numbers,
                        timeouts(),
                        principals(),
                        attributes())
                .as((state, moved, version, time, timeout, principal, attributes) -> new SessionRecord(
                        state,
                        moved,
                        version,
                        time,
                        time + version,
                        version == 0 ? null : "n" + version,
                        timeout,
                        principal,
                        state == SessionRecord.State.ENDED ? new TreeMap<>() : attributes));
    }

    private static Arbitrary<Stamp> stamps() {
        Arbitrary<Long> few = Arbitraries.longs().between(0, 2);
        return Combinators.combine(few, few).as(Stamp::new);
    }

    private static Arbitrary<Stamped<Timeout>> timeouts() {
        Arbitrary<Timeout> timeouts =
                Arbitraries.longs().between(-1, 2).map(inactive -> new Timeout(inactive, Math.abs(inactive)));
        return Combinators.combine(stamps(), timeouts.injectNull(0.2)).as(Stamped::new);
    }

    private static Arbitrary<Stamped<String>> principals() {
        return Combinators.combine(stamps(), Arbitraries.of("", "ann", "Bjørn").injectNull(0.2))
                .as(Stamped::new);
    }

    private static Arbitrary<SortedMap<String, Stamped<Slice>>> attributes() {
        Arbitrary<Slice> values = Arbitraries.bytes()
                .between((byte) 0, (byte) 2)
                .array(byte[].class)
                .ofMaxSize(2)
                .map(Slice::of);
        Arbitrary<Stamped<Slice>> stamped =
                Combinators.combine(stamps(), values.injectNull(0.3)).as(Stamped::new);
        return Arbitraries.maps(Arbitraries.of("x", "y", "ü", ""), stamped)
                .ofMaxSize(4)
                .map(TreeMap::new);
    }
}
