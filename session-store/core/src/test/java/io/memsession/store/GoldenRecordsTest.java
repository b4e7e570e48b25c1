package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What each format once wrote is read for ever, as {@code docs/record-format.md} promises. A new format gets a
 * directory of its own under {@code golden/}; those that are there never change.
 */
class GoldenRecordsTest {
    private static final String KEY = "app:0123456789ABCDEF";
    private static final Seal SEAL = new Seal(
            new Sealing(EncryptionKeys.parse("keys", "k1:" + EncryptionKeysTest.KEY_1), false), new SecureRandom());

    private static Map<String, SessionRecord> records() {
        SessionRecord live = live();
        Map<String, SessionRecord> all = new LinkedHashMap<>();
        all.put("live", live);
        all.put("live without anything", bare());
        all.put("moved", live.movedTo(SessionId.routed("SUCCESSOR-n2").orElseThrow()));
        all.put(
                "ended after a move",
                live.movedTo(SessionId.unrouted("FEDCBA").orElseThrow()).end());
        all.put("ended", live.end());
        return all;
    }

    private static SessionRecord live() {
        TreeMap<String, Stamped<Slice>> attributes = new TreeMap<>();
        attributes.put(
                "cart", new Stamped<>(new Stamp(1_790_000_000_000_001L, 7), Slice.of("Kapples".getBytes(UTF_8))));
        attributes.put("empty", new Stamped<>(new Stamp(1_790_000_000_000_002L, -7), Slice.of(new byte[0])));
        attributes.put("größe", new Stamped<>(new Stamp(1_790_000_000_000_003L, 8), Slice.of(new byte[] {0, -1, 127})));
        attributes.put("removed", new Stamped<>(new Stamp(1_790_000_000_000_004L, Long.MAX_VALUE), null));
        return new SessionRecord(
                SessionRecord.State.LIVE,
                new TreeSet<>(),
                3,
                1_790_000_000_000L,
                1_790_000_060_000L,
                "n1",
                new Stamped<>(new Stamp(1_790_000_000_000_000L, 7), new Timeout(1_800_000, 120_000)),
                new Stamped<>(new Stamp(1_790_000_000_000_005L, 7), "ann"),
                attributes);
    }

    private static SessionRecord bare() {
        return new SessionRecord(
                SessionRecord.State.LIVE,
                new TreeSet<>(),
                1,
                0,
                0,
                null,
                new Stamped<>(new Stamp(1, 1), new Timeout(-1, 0)),
                Stamped.never(),
                new TreeMap<>());
    }

    private static IndexPage page() {
        Set<SessionId> ids = Set.of(
                SessionId.routed("S1-n1").orElseThrow(),
                SessionId.unrouted("S-2.x~y").orElseThrow());
        return IndexPage.EMPTY.with(ids, Set.of()).atLevel(2).writtenAt(1_790_000_000_000L);
    }

    @Test
    void recordsOfFormatOneAreReadAndWrittenAsTheyAre() {
        Map<String, byte[]> golden = Golden.read("1/records.txt");
        assertThat(golden.keySet()).isEqualTo(records().keySet());
        records().forEach((name, record) -> {
            byte[] bytes = golden.getOrDefault(name, new byte[0]);
            assertThat(RecordFormat.read(bytes)).as(name).isEqualTo(record);
            assertThat(RecordFormat.write(record)).as(name).isEqualTo(bytes);
        });
    }

    @Test
    void sealedRecordsOfFormatOneAreOpened() {
        byte[] bytes = Golden.read("1/sealed.txt").getOrDefault("live", new byte[0]);
        assertThat(RecordFormat.read(SEAL.open(KEY, bytes))).isEqualTo(live());
    }

    @Test
    void indexPagesOfFormatOneAreReadAndWrittenAsTheyAre() {
        byte[] bytes = Golden.read("1/index.txt").getOrDefault("page", new byte[0]);
        assertThat(IndexPage.read(bytes)).hasValue(page());
        assertThat(page().bytes()).isEqualTo(bytes);
    }

    /** Writes the files of a new format into that directory. */
    public static void main(String... arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        StringBuilder records = new StringBuilder();
        records().forEach((name, record) -> records.append(Golden.line(name, RecordFormat.write(record))));
        Files.writeString(directory.resolve("records.txt"), records);
        Files.writeString(
                directory.resolve("sealed.txt"), Golden.line("live", SEAL.seal(KEY, RecordFormat.write(live()))));
        Files.writeString(directory.resolve("index.txt"), Golden.line("page", page().bytes()));
    }
}
