package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.esotericsoftware.kryo.io.Output;
import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import javax.naming.CompositeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBytesTest {
    private static final int BILLION = 1_000_000_000;
    private final AttributeCodec codec = new KryoAttributeCodec(HostileBytesTest.class.getClassLoader());

    private void assertUnreadable(byte[] bytes, String... words) {
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length))
                .isInstanceOf(AttributeCodecException.class)
                .message()
                .doesNotContain("\n")
                .satisfies(message -> assertThat(List.of(words)).allMatch(message::contains));
    }

    private static byte[] kryo(Consumer<Output> content) {
        Output out = new Output(64, -1);
        out.writeByte('K');
        content.accept(out);
        return out.toBytes();
    }

    private static void startOf(Output out, int id) {
        out.writeVarInt(id + 2, true);
        out.writeVarInt(1, true); // not null, not seen before
    }

    @ParameterizedTest
    @ValueSource(ints = {60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 76, 100, 101, 102, 104, 105, 115, 130, 131, 133, 135})
    void createsNothingOfALengthThatIsOnlyDeclared(int id) {
        assertUnreadable(kryo(out -> {
            startOf(out, id);
            out.writeVarInt(BILLION, true);
            out.writeVarInt(BILLION, true);
        }));
        assertUnreadable(kryo(out -> {
            startOf(out, id);
            out.writeVarInt(-5, true);
            out.writeVarInt(-5, true);
        }));
    }

    @Test
    void createsNoStringOfALengthThatIsOnlyDeclared() {
        assertUnreadable(kryo(out -> {
            out.writeVarInt(1 + 2, true);
            out.writeVarIntFlag(true, BILLION, true);
        }));
    }

    @Test
    void doesNotMultiplyDeclaredLengthsByNesting() {
        int length = 1_000_000;
        assertUnreadable(kryo(out -> {
            for (int i = 0; i < 500; i++) {
                startOf(out, 68);
                out.writeVarInt(length - 10 * i, true);
            }
            out.writeBytes(new byte[length]);
        }));
    }

    @Test
    void refusesObjectsNestedTooDeeply() {
        assertUnreadable(kryo(out -> {
            for (int i = 0; i < 60_000; i++) {
                startOf(out, 100);
                out.writeVarInt(1, true);
            }
        }));
    }

    @Test
    void namesAClassThatIsNotHere() {
        assertUnreadable(kryo(out -> named(out, "com.example.Gone")), "com.example.Gone");
        assertUnreadable(kryo(out -> named(out, "[[Lcom.example.Gone;")), "com.example.Gone");
        assertUnreadable(kryo(out -> named(out, "")));
        assertUnreadable(kryo(out -> named(out, null)));
    }

    @Test
    void loadsNoDeniedClass() {
        assertUnreadable(kryo(out -> named(out, "javax.naming.CompositeName")), "javax.naming.CompositeName", "denied");
        assertUnreadable(kryo(out -> named(out, "[Ljavax.naming.CompositeName;")), "denied");
    }

    @Test
    void createsNothingThatItWouldNotWrite() {
        assertUnreadable(kryo(out -> named(out, Samples.Account.class.getName())), "not Serializable");
        assertUnreadable(kryo(out -> named(out, "java.util.Hashtable")), "java.util.Hashtable");
        assertUnreadable(kryo(out -> named(out, "java.lang.Runnable")), "java.lang.Runnable");
    }

    private static void named(Output out, String name) {
        out.writeVarInt(1, true);
        out.writeVarInt(0, true);
        out.writeString(name);
        out.writeVarInt(1, true);
    }

    @Test
    void initialisesNoClassByNamingIt() {
        assertUnreadable(kryo(out -> named(out, "io.memsession.store.kryo.HostileBytesTest$Touchy")));

        assertThat(System.getProperty("memsession.test.touched")).isNull();
    }

    @SuppressWarnings("unused")
    private static final class Touchy {
        static {
            System.setProperty("memsession.test.touched", "yes");
        }
    }

    @Test
    void refusesReferencesToNothing() {
        assertUnreadable(kryo(out -> {
            out.writeVarInt(100 + 2, true);
            out.writeVarInt(7, true);
        }));
    }

    @Test
    void refusesDeniedClassesInJavaMode() throws Exception {
        assertUnreadable(java(new CompositeName("a")), "javax.naming.CompositeName", "denied");
        assertUnreadable(java(new Object[] {new CompositeName("a")}), "javax.naming.CompositeName", "denied");
    }

    @Test
    void refusesArraysInJavaModeOfALengthThatIsOnlyDeclared() throws Exception {
        byte[] bytes = java(new long[] {7});
        bytes[bytes.length - 12] = 0x3B; // the first byte of the length

        assertUnreadable(bytes, "REJECTED");
    }

    @Test
    void refusesObjectsNestedTooDeeplyInJavaMode() throws Exception {
        List<Object> root = new ArrayList<>();
        List<Object> last = root;
        for (int i = 0; i < 600; i++) {
            List<Object> next = new ArrayList<>();
            last.add(next);
            last = next;
        }
        FutureTask<Object> task = new FutureTask<>(() -> {
            assertUnreadable(java(root), "REJECTED");
            return "done";
        });
        new Thread(null, task, "with a large stack", 1 << 26).start();
        assertThat(task.get()).isEqualTo("done");
    }

    private static byte[] java(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('J');
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Test
    void refusesWhatIsNoAttribute() {
        assertUnreadable(new byte[0]);
        assertUnreadable(new byte[] {'K'});
        assertUnreadable(new byte[] {'J'});
        assertUnreadable(new byte[] {'K', 0});
        assertUnreadable("neither".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void refusesBytesLeftOver() throws Exception {
        for (Object value : List.of("text", List.of(1), new java.util.Random(1), new IllegalStateException("e"))) {
            byte[] bytes = codec.encode(value);
            assertUnreadable(Arrays.copyOf(bytes, bytes.length + 1), "left over");
        }
    }

    @Test
    void refusesEveryAttributeCutShort() throws Exception {
        for (Corpus.Case sample : Corpus.all()) {
            byte[] bytes = codec.encode(sample.value());
            for (int length = 0; length < bytes.length; length += step(bytes.length)) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> codec.decode(cut, 0, cut.length))
                        .as("%s cut to %d", sample.name(), length)
                        .isInstanceOf(AttributeCodecException.class);
            }
        }
    }

    private static int step(int length) {
        return length <= 300 ? 1 : length / 50;
    }

    @Test
    void neverThrowsAnythingElseWhateverIsChanged() throws Exception {
        Random random = new Random(20_240_601);
        Map<String, byte[]> all = new HashMap<>();
        for (Corpus.Case sample : Corpus.all()) {
            all.put(sample.name(), codec.encode(sample.value()));
        }
        all.forEach((name, bytes) -> {
            for (int i = 0; i < 40; i++) {
                decodeChanged(name, bytes.clone(), random);
            }
        });
    }

    private void decodeChanged(String name, byte[] bytes, Random random) {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            int place = 1 + random.nextInt(Math.min(bytes.length - 1, 2000));
            bytes[place] =
                    (byte) (random.nextBoolean() ? random.nextInt(256) : bytes[place] ^ (1 << random.nextInt(8)));
        }
        try {
            codec.decode(bytes, 0, bytes.length);
        } catch (AttributeCodecException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (Throwable e) {
            fail("%s: %s", name, Arrays.toString(bytes), e);
        }
    }
}
