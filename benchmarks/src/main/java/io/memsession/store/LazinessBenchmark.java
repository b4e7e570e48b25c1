package io.memsession.store;

import io.memsession.store.kryo.KryoAttributeCodec;
import java.util.Collections;
import java.util.Map;
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

/** A request that touches some of the 200 attributes of a session: record read, attributes read, changes looked for. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class LazinessBenchmark {
    /** How many attributes the request reads. */
    @Param({"0", "2", "200"})
    public int touched;

    private final AttributeCodec codec = new KryoAttributeCodec(LazinessBenchmark.class.getClassLoader());
    private byte[] record;

    /** Writes the record. */
    @Setup
    public void prepare() throws Exception {
        TreeMap<String, Stamped<Slice>> attributes = new TreeMap<>();
        for (Map.Entry<String, Object> each : SampleSessions.large(200).entrySet()) {
            attributes.put(each.getKey(), new Stamped<>(new Stamp(1, 1), Slice.of(codec.encode(each.getValue()))));
        }
        record = RecordFormat.write(new SessionRecord(
                SessionRecord.State.LIVE,
                Collections.emptySortedSet(),
                1,
                1,
                1,
                null,
                Stamped.never(),
                Stamped.never(),
                attributes));
    }

    /** What one request costs, less its round trips. */
    @Benchmark
    public Object request() throws Exception {
        Attributes attributes = new Attributes(codec, RecordFormat.read(record).attributes());
        for (int i = 0; i < touched; i++) {
            attributes.get("attribute" + i);
        }
        return attributes.changes();
    }
}
