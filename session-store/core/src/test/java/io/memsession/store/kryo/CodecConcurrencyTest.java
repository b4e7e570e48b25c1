package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

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

    @Test
    void writesSomethingReadableOrSaysWhyWhenTheValueIsBeingChanged() throws Exception {
        Map<Integer, Object> map = new HashMap<>();
        List<Object> list = new ArrayList<>();
        AtomicBoolean done = new AtomicBoolean();
        Thread changer = new Thread(() -> change(map, list, done));
        changer.start();
        int written = 0;
        try {
            for (int i = 0; i < 3000; i++) {
                written += writeAndRead(new Object[] {map, list}) ? 1 : 0;
            }
        } finally {
            done.set(true);
            changer.join();
        }
        assertThat(written).isPositive();
    }

    private boolean writeAndRead(Object value) throws AttributeCodecException {
        byte[] bytes;
        try {
            bytes = codec.encode(value);
        } catch (AttributeCodecException e) {
            return false;
        }
        assertThat(codec.decode(bytes, 0, bytes.length)).isInstanceOf(Object[].class);
        return true;
    }

    private static void change(Map<Integer, Object> map, List<Object> list, AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            map.put(i % 100, "value " + i);
            map.remove((i + 50) % 100);
            list.add(i);
            if (list.size() > 50) {
                list.clear();
            }
        }
    }
}
