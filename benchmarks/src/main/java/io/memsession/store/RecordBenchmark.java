package io.memsession.store;

import java.util.Collections;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A record to bytes and back, and what two app servers made of it at once merged. Each attribute has 100 bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RecordBenchmark {
    private static final int BYTES = 100;

    /** How many attributes. */
    @Param({"5", "50", "1000"})
    public int attributes;

    private SessionRecord record;
    private SessionRecord changed;
    private byte[] written;

    /** Makes the record, and one that differs in two attributes. */
    @Setup
    public void prepare() {
        record = record(new TreeMap<>());
        TreeMap<String, Stamped<Slice>> others = new TreeMap<>(record.attributes());
        others.put("attribute0", value(2));
        others.put("attribute" + (attributes - 1), value(2));
        changed = record(others);
        written = RecordFormat.write(record);
    }

    private SessionRecord record(TreeMap<String, Stamped<Slice>> values) {
        for (int i = 0; i < attributes; i++) {
            values.putIfAbsent("attribute" + i, value(1));
        }
        return new SessionRecord(
                SessionRecord.State.LIVE,
                Collections.emptySortedSet(),
                1,
                0,
                0,
                "n1",
                Stamped.never(),
                Stamped.never(),
                values);
    }

    private static Stamped<Slice> value(long clock) {
        return new Stamped<>(new Stamp(clock, 1), Slice.of(new byte[BYTES]));
    }

    /** To bytes. */
    @Benchmark
    public byte[] write() {
        return RecordFormat.write(record);
    }

    /** And back, without the values themselves. */
    @Benchmark
    public SessionRecord read() {
        return RecordFormat.read(written);
    }

    /** Two that went different ways. */
    @Benchmark
    public SessionRecord merge() {
        return SessionRecord.merge(record, changed);
    }
}
