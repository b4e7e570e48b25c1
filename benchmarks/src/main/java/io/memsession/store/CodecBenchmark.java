package io.memsession.store;

import io.memsession.store.kryo.KryoAttributeCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.fory.Fory;
import org.apache.fory.ThreadSafeFory;
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

/** All attributes of a session, each by itself, to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class CodecBenchmark {
    /** How big the session is. */
    @Param({"small", "cart", "large"})
    public String session;

    /** What writes it. */
    @Param({"memsession", "java", "fory"})
    public String codec;

    private Map<String, Object> attributes;
    private Map<String, byte[]> written;
    private Form form;

    private interface Form {
        byte[] write(Object value) throws Exception;

        Object read(byte[] bytes) throws Exception;
    }

    /** Writes the session once, and prints how many bytes that took. */
    @Setup
    public void prepare() throws Exception {
        attributes = SampleSessions.named(session);
        form = switch (codec) {
            case "memsession" -> memsession();
            case "java" -> java();
            case "fory" -> fory();
            default -> throw new IllegalArgumentException(codec);
        };
        written = write();
        read();
        System.out.println(codec + ", " + session + ": "
                + written.values().stream().mapToInt(bytes -> bytes.length).sum() + " bytes");
    }

    private static Form memsession() {
        AttributeCodec kryo = new KryoAttributeCodec(CodecBenchmark.class.getClassLoader());
        return new Form() {
            @Override
            public byte[] write(Object value) throws Exception {
                return kryo.encode(value);
            }

            @Override
            public Object read(byte[] bytes) throws Exception {
                return kryo.decode(bytes, 0, bytes.length);
            }
        };
    }

    private static Form java() {
        return new Form() {
            @Override
            public byte[] write(Object value) throws IOException {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                    out.writeObject(value);
                }
                return bytes.toByteArray();
            }

            @Override
            public Object read(byte[] bytes) throws Exception {
                try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
                    return in.readObject();
                }
            }
        };
    }

    /** As it would have to be used for sessions: old and new classes side by side, objects that refer to each other. */
    private static Form fory() {
        ThreadSafeFory fory = Fory.builder()
                .withXlang(false)
                .withCompatible(true)
                .withRefTracking(true)
                .requireClassRegistration(false)
                .suppressClassRegistrationWarnings(true)
                .withAsyncCompilation(false)
                .buildThreadSafeFory();
        return new Form() {
            @Override
            public byte[] write(Object value) {
                return fory.serialize(value);
            }

            @Override
            public Object read(byte[] bytes) {
                return fory.deserialize(bytes);
            }
        };
    }

    /** To bytes. */
    @Benchmark
    public Map<String, byte[]> write() throws Exception {
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        for (Map.Entry<String, Object> each : attributes.entrySet()) {
            bytes.put(each.getKey(), form.write(each.getValue()));
        }
        return bytes;
    }

    /** And back. */
    @Benchmark
    public Map<String, Object> read() throws Exception {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> each : written.entrySet()) {
            values.put(each.getKey(), form.read(each.getValue()));
        }
        return values;
    }
}
