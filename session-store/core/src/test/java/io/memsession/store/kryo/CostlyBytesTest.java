package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Few bytes that would take long to read, in both modes. */
@SuppressWarnings({"JdkObsolete", "serial"}) // written by Java serialization
class CostlyBytesTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ClassFilter ANYBODYS = ClassFilter.strict("classFilter", "", name -> true);
    private final AttributeCodec codec = new KryoAttributeCodec(getClass().getClassLoader(), ANYBODYS);
    private final AttributeCodec trusting = new KryoAttributeCodec(getClass().getClassLoader());

    /** The same in mode J. */
    private static Object javaOf(Object value) {
        Hashtable<Integer, Object> table = new Hashtable<>();
        table.put(1, value);
        return table;
    }

    private void assertRefusedSoon(byte[] bytes, long millis) {
        long start = THREADS.getCurrentThreadCpuTime();
        assertThatThrownBy(() -> codec.decode(bytes, 0, bytes.length)).isInstanceOf(AttributeCodecException.class);
        assertThat((THREADS.getCurrentThreadCpuTime() - start) / 1_000_000)
                .as("ms for %d bytes in mode %c", bytes.length, bytes[0])
                .isLessThan(millis);
    }

    private static Set<Object> nestedSets(int depth) {
        Set<Object> root = new HashSet<>();
        Set<Object> one = root;
        Set<Object> two = new HashSet<>();
        for (int i = 0; i < depth; i++) {
            Set<Object> nextOne = new HashSet<>();
            Set<Object> nextTwo = new HashSet<>();
            nextOne.add("foo");
            one.add(nextOne);
            one.add(nextTwo);
            two.add(nextOne);
            two.add(nextTwo);
            one = nextOne;
            two = nextTwo;
        }
        return root;
    }

    @Test
    void refusesSetsInSetsThatAreHashedForEver() throws Exception {
        Set<Object> sets = nestedSets(24); // written by iteration only, which is quick
        assertRefusedSoon(trusting.encode(sets), 500);
        assertRefusedSoon(trusting.encode(javaOf(sets)), 500);
        assertRefusedSoon(trusting.encode(new LinkedHashSet<>(List.of(nestedSets(10), new ArrayList<>(sets)))), 500);
    }

    @Test
    void readsSetsInSetsThatSessionsHave() throws Exception {
        for (Object value : List.of(nestedSets(8), javaOf(nestedSets(8)))) {
            byte[] bytes = codec.encode(value);
            assertThat(codec.decode(bytes, 0, bytes.length)).hasSameClassAs(value);
        }
    }

    @Test
    void refusesListsThatAKeyHoldsAgainAndAgain() throws Exception {
        List<Object> inner = new ArrayList<>(List.of("x"));
        for (int i = 0; i < 40; i++) {
            inner = new ArrayList<>(Arrays.asList(inner, inner));
        }
        byte[] bytes = trusting.encode(new ArrayList<>(List.of(inner)));
        assertThat(codec.decode(bytes, 0, bytes.length)).as("not hashed").isNotNull();
        assertRefusedSoon(asSet(bytes), 500);
    }

    /** A list's bytes as those of a set: the id of its class is another. */
    private static byte[] asSet(byte[] bytes) {
        byte[] set = bytes.clone();
        assertThat(set[1]).isEqualTo((byte) (100 + 2));
        set[1] = 102 + 2;
        return set;
    }

    /** A key with the hash code of all others. */
    record Quiet(Object held) implements Serializable {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void refusesManyKeysWithOneHashCode() throws Exception {
        List<Object> alike = new ArrayList<>();
        IntStream.range(0, 20_000).forEach(i -> alike.add(new Quiet(i)));
        byte[] bytes = asSet(trusting.encode(alike));

        assertRefusedSoon(bytes, 400);
    }

    @Test
    void readsManyKeysOfCommonTypesInTime() throws Exception {
        Map<Object, Object> map = new HashMap<>();
        IntStream.range(0, 30_000).forEach(i -> map.put("key " + i, i));
        Set<Object> sorted = new TreeSet<>(map.keySet());
        for (Object value : List.of(map, sorted, javaOf(map), javaOf(sorted))) {
            byte[] bytes = codec.encode(value);
            assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(value);
        }
    }
}
