package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
    private final byte[] bytes = RecordFormat.write(someRecord());

    @Test
    void namesAndHeaderStandThereInPlainText() {
        String text = new String(bytes, ISO_8859_1);
        assertThat(text).contains("cart", "ann", "successor");
    }

    @Test
    void refusesARecordCutShortAnywhere() {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> RecordFormat.read(cut)).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void refusesARecordWithAnyByteChanged() {
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 0x40;
            if (i != 3) { // the state stands before what the checksum covers
                assertThatThrownBy(() -> RecordFormat.read(changed)).isInstanceOf(CorruptRecordException.class);
            }
        }
    }

    @Test
    void refusesARecordThatCarriesOn() {
        byte[] longer = sealed(Arrays.copyOf(bytes, bytes.length + 1));
        assertThatThrownBy(() -> RecordFormat.read(longer))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("carries on");
    }

    @Test
    void refusesAnUnknownFormatByItsNumber() {
        byte[] later = bytes.clone();
        later[2] = 9;
        assertThatThrownBy(() -> RecordFormat.read(later))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("unknown format 9");
    }

    @Test
    void nothingButACorruptRecordComesOfBytesThatSomebodyElseWroteAndChecksummed() {
        Random random = new Random(20261120);
        for (int i = 0; i < 20_000; i++) {
            byte[] hostile = bytes.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                hostile[8 + random.nextInt(hostile.length - 8)] = (byte) random.nextInt(256);
            }
            try {
                RecordFormat.read(sealed(hostile));
            } catch (CorruptRecordException expected) {
                assertThat(expected).hasMessageStartingWith("a session record");
            }
        }
    }

    private static byte[] sealed(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 8, record.length - 8);
        ByteBuffer.wrap(record).putInt(4, (int) crc.getValue());
        return record;
    }

    private static SessionRecord someRecord() {
        TreeMap<String, Stamped<Slice>> attributes = new TreeMap<>();
        attributes.put("cart", new Stamped<>(new Stamp(7, 1), Slice.of(new byte[] {1, 2, 3})));
        attributes.put("gone", new Stamped<>(new Stamp(8, 2), null));
        TreeSet<SessionId> successors = new TreeSet<>();
        successors.add(new SessionId("successor", "n2", null));
        return new SessionRecord(
                SessionRecord.State.MOVED,
                successors,
                3,
                1_000,
                2_000,
                "n2",
                new Stamped<>(new Stamp(1, 1), new Timeout(1_800_000, 120_000)),
                new Stamped<>(new Stamp(2, 1), "ann"),
                attributes);
    }
}
