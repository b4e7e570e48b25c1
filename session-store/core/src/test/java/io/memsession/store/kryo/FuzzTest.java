package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random bytes, and real attributes with bits flipped, bytes replaced, runs copied and lengths blown up: each is read
 * in bounded time and memory, to a value or to an {@link AttributeCodecException}. {@code -Dfuzz.rounds} and
 * {@code -Dfuzz.seed} choose another budget and other bytes.
 */
class FuzzTest {
    private static final long MOST_MILLIS = 1000; // the aim is 50; a test machine may be busy
    private static final long TWICE_FROM = 10_000;
    private static final long MOST_BYTES = 10_000_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int rounds = Integer.getInteger("fuzz.rounds", 20_000);
    private final Random random = new Random(Long.getLong("fuzz.seed", 20_261_120));
    private final ClassFilter filter = ClassFilter.strict("classFilter", "", n -> n.startsWith("io.memsession."));
    private final AttributeCodec codec = new KryoAttributeCodec(getClass().getClassLoader(), filter);
    private Worst time = new Worst(0, 0, "");
    private Worst memory = new Worst(0, 0, "");
    private int values;

    private record Worst(long micros, long bytes, String what) {
        @Override
        public String toString() {
            return "%,d µs, %,d bytes for %s".formatted(micros, bytes, what);
        }
    }

    @Test
    void readsAnyBytesInBoundedTimeAndMemory() {
        List<Corpus.Case> cases = Corpus.all();
        List<byte[]> seeds = new ArrayList<>();
        cases.forEach(each -> seeds.add(encoded(each)));
        for (int i = 0; i < seeds.size(); i++) {
            measure(seeds.get(i), cases.get(i).name(), false); // loads the classes
        }
        for (int i = 0; i < rounds; i++) {
            int chosen = random.nextInt(seeds.size());
            boolean random = i % 20 == 0;
            byte[] bytes = random ? noise() : mutated(seeds.get(chosen), seeds);
            measure(bytes, random ? "noise" : cases.get(chosen).name(), true);
        }
        System.out.printf(
                "fuzz: %d inputs, %d of them still values; worst time: %s; worst memory: %s%n",
                rounds, values, time, memory);
        assertThat(time.micros).as(time.what).isLessThan(MOST_MILLIS * 1000);
        assertThat(memory.bytes).as(memory.what).isLessThan(MOST_BYTES);
    }

    private byte[] encoded(Corpus.Case each) {
        try {
            return new KryoAttributeCodec(getClass().getClassLoader()).encode(each.value());
        } catch (AttributeCodecException e) {
            throw new AssertionError(each.name(), e);
        }
    }

    private void measure(byte[] bytes, String name, boolean counts) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        boolean value = decodes(bytes, name);
        long micros = (THREADS.getCurrentThreadCpuTime() - start) / 1000;
        long spent = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (counts) {
            if (micros > TWICE_FROM) { // once more: the first time may have loaded something
                start = THREADS.getCurrentThreadCpuTime();
                decodes(bytes, name);
                micros = Math.min(micros, (THREADS.getCurrentThreadCpuTime() - start) / 1000);
            }
            values += value ? 1 : 0;
            time = micros > time.micros ? new Worst(micros, spent, name) : time;
            memory = spent > memory.bytes ? new Worst(micros, spent, name) : memory;
        }
    }

    private boolean decodes(byte[] bytes, String name) {
        try {
            codec.decode(bytes, 0, bytes.length);
            return true;
        } catch (AttributeCodecException e) {
            return false;
        } catch (Throwable e) {
            return fail("%s: %s", name, HexFormat.of().formatHex(bytes), e);
        }
    }

    private byte[] noise() {
        byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        bytes[0] = (byte) (random.nextBoolean() ? 'K' : 'J');
        return bytes;
    }

    private byte[] mutated(byte[] seed, List<byte[]> seeds) {
        byte[] bytes = seed.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int at = 1 + random.nextInt(Math.min(bytes.length, 4000) - 1);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> fill(bytes, at, random.nextBoolean() ? 0xFF : 0x7F);
                case 3 -> copyRun(seeds.get(random.nextInt(seeds.size())), bytes, at);
                default -> copyRun(bytes, bytes, at);
            }
        }
        return bytes;
    }

    private void fill(byte[] bytes, int at, int with) {
        for (int i = at; i < Math.min(at + 4, bytes.length); i++) {
            bytes[i] = (byte) with;
        }
    }

    private void copyRun(byte[] from, byte[] to, int at) {
        int start = random.nextInt(from.length);
        int length = Math.min(random.nextInt(40), Math.min(from.length - start, to.length - at));
        System.arraycopy(from, start, to, at, length);
    }
}
