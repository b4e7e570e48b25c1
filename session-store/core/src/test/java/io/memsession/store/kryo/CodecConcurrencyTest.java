package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("JdkObsolete") // applications have what they have
class CodecConcurrencyTest {
    private final AttributeCodec codec = new KryoAttributeCodec(CodecConcurrencyTest.class.getClassLoader());

    @Test
    void servesManyThreads() throws Exception {
        List<Callable<Integer>> readers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            readers.add(this::roundTrips);
        }
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try {
            for (Future<Integer> result : threads.invokeAll(readers)) {
                assertThat(result.get()).isZero();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private int roundTrips() throws AttributeCodecException {
        int wrong = 0;
        for (int round = 0; round < 2; round++) {
            for (Corpus.Case sample : Corpus.all()) {
                byte[] bytes = codec.encode(sample.value());
                wrong += sample.isSame(codec.decode(bytes, 0, bytes.length)) ? 0 : 1;
            }
        }
        return wrong;
    }

    static List<Arguments> containersInBothModes() {
        List<Arguments> all = new ArrayList<>();
        for (char mode : "KJ".toCharArray()) {
            List.of(new ArrayList<>(), new LinkedList<>(), new ArrayDeque<>(), new HashSet<>(), new TreeSet<>())
                    .forEach(each -> all.add(Arguments.of(mode, each)));
            List.of(new HashMap<>(), new LinkedHashMap<>(), new TreeMap<>())
                    .forEach(each -> all.add(Arguments.of(mode, each)));
        }
        all.add(Arguments.of('J', new PriorityQueue<>())); // K does not know it
        return all;
    }

    @ParameterizedTest
    @MethodSource("containersInBothModes")
    @Timeout(60) // in all but one of a thousand runs, some of the first 300 writes succeed
    void msm296WritesWhatCanBeReadWhileAnotherThreadChangesIt(char mode, Object container) throws Exception {
        Object value = new Object[] {container, mode == 'J' ? new Hashtable<>() : "", "after"};
        AtomicBoolean done = new AtomicBoolean();
        Thread changer = new Thread(() -> change(container, done));
        changer.start();
        int written = 0;
        try {
            for (int i = 0; i < 300 || written == 0; i++) {
                written += writeAndRead(value, mode) ? 1 : 0;
            }
        } finally {
            done.set(true);
            changer.join();
        }
        byte[] bytes = codec.encode(value);
        assertThat((Object[]) codec.decode(bytes, 0, bytes.length))
                .usingRecursiveComparison()
                .isEqualTo(value);
    }

    private boolean writeAndRead(Object value, char mode) throws AttributeCodecException {
        byte[] bytes;
        try {
            bytes = codec.encode(value);
        } catch (AttributeCodecException e) {
            return false; // to be kept by the request that changes it
        }
        assertThat((char) bytes[0]).isEqualTo(mode);
        Object[] read = (Object[]) codec.decode(bytes, 0, bytes.length);
        assertThat(read[2]).isEqualTo("after");
        if (read[0] instanceof TreeMap<?, ?> map) { // an entry that is removed is given another's key, then its value
            assertThat(map.values()).allMatch(text -> text.toString().startsWith("value "));
        } else if (read[0] instanceof Map<?, ?> map) {
            map.forEach((key, text) -> assertThat(text).isEqualTo("value " + key));
        } else {
            assertThat(settled((Collection<?>) read[0])).hasOnlyElementsOfType(Integer.class);
        }
        return true;
    }

    /** All but the last place of an array list, if that is empty: without a lock nobody can tell that it is to go. */
    private static Collection<?> settled(Collection<?> read) {
        if (read instanceof ArrayList<?> list && !list.isEmpty() && list.get(list.size() - 1) == null) {
            return list.subList(0, list.size() - 1);
        }
        return read;
    }

    @SuppressWarnings("unchecked")
    private static void change(Object container, AtomicBoolean done) {
        for (int i = 0; !done.get(); i = (i + 1) % 100) {
            if (container instanceof Map<?, ?> map) {
                ((Map<Integer, Object>) map).put(i, "value " + i);
                map.remove((i + 50) % 100);
            } else {
                ((Collection<Integer>) container).add(i);
                ((Collection<Integer>) container).remove((i + 50) % 100);
            }
        }
    }
}
