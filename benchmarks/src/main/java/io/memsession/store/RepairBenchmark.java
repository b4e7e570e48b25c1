package io.memsession.store;

import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long a repair takes, and what it costs the requests meanwhile: two real memcacheds keep so many sessions of 2 KB
 * that nobody touches, one of them is restarted empty, three times, and 1,000 requests a second read and change other
 * sessions before and during each repair. The first finds code that the JVM has not compiled yet. Memcacheds, app
 * server and requests share one machine.
 */
public final class RepairBenchmark {
    private static final int BYTES = 2_000;
    private static final int BUSY_SESSIONS = 200;
    private static final int THREADS = 4;
    private static final long PACE = TimeUnit.SECONDS.toNanos(1) * THREADS / 1_000;
    private static final Duration NORMAL = Duration.ofSeconds(10);

    private static final int REPAIRS = 3;

    private volatile CountDownLatch repaired = new CountDownLatch(1);
    private volatile long begun;
    private volatile String result = "";

    private final StoreEvents events = new StoreEvents() {
        @Override
        public void repairBegun(List<String> nodes) {
            begun = System.nanoTime();
        }

        @Override
        public void repaired(List<String> nodes, long records, Duration took) {
            if (begun != 0 && nodes.contains("n1") && records > BUSY_SESSIONS) {
                result = String.format("%,d records in %.1f s", records, took.toMillis() / 1e3);
                repaired.countDown();
            }
        }
    };

    private RepairBenchmark() {}

    /** Prints what it measured; the first argument is how many idle sessions there are, 100,000 unless given. */
    public static void main(String... arguments) throws Exception {
        new RepairBenchmark().run(arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]));
        System.exit(0);
    }

    private void run(int sessions) throws Exception {
        try (MemcachedServer n1 = MemcachedServer.started("-m", "2048");
                MemcachedServer n2 = MemcachedServer.started("-m", "2048");
                SessionStore store = open(n1, n2)) {
            fill(store, sessions);
            List<SessionId> busy = new ArrayList<>();
            for (int i = 0; i < BUSY_SESSIONS; i++) {
                busy.add(create(store, "busy" + i));
            }
            requests(store, busy, NORMAL);
            for (int i = 1; i <= REPAIRS; i++) {
                repaired = new CountDownLatch(1);
                print("before", requests(store, busy, NORMAL));
                begun = 0;
                n1.restart();
                await(() -> begun != 0);
                print("during repair " + i, requests(store, busy, null));
                System.out.println(result);
                await(() -> store.nodes().stream().allMatch(NodeStatus::complete));
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private SessionStore open(MemcachedServer n1, MemcachedServer n2) {
        StoreConfig config = StoreConfig.of(List.of(n1.address("n1"), n2.address("n2")), "benchmark");
        SessionStore store = SessionStore.open(
                config,
                new SpyNodes(
                        Protocol.BINARY, config.operationTimeout(), config.maxRecordSize(), InstantSource.system()),
                new KryoAttributeCodec(RepairBenchmark.class.getClassLoader()),
                events);
        await(() -> store.nodes().stream().allMatch(NodeStatus::complete));
        return store;
    }

    private static void fill(SessionStore store, int sessions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        List<Future<SessionId>> created = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            String name = "idle" + i;
            created.add(threads.submit(() -> create(store, name)));
        }
        for (Future<SessionId> each : created) {
            each.get();
        }
        threads.shutdown();
    }

    private static SessionId create(SessionStore store, String name) {
        SessionId id = store.place(SessionId.unrouted(name).orElseThrow());
        LiveSession session = store.create(id, Duration.ofHours(1));
        byte[] bytes = new byte[BYTES];
        new Random(name.hashCode()).nextBytes(bytes);
        session.attribute("bytes", bytes);
        store.save(session);
        return id;
    }

    /** Microseconds that each request took, for so long; null for until the repair is done. */
    private long[] requests(SessionStore store, List<SessionId> sessions, Duration length) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        long end = length == null ? Long.MAX_VALUE : System.nanoTime() + length.toNanos();
        List<Future<List<Long>>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            List<SessionId> own = sessions.subList(i * BUSY_SESSIONS / THREADS, (i + 1) * BUSY_SESSIONS / THREADS);
            all.add(threads.submit(() -> paced(store, own, end)));
        }
        List<Long> took = new ArrayList<>();
        for (Future<List<Long>> each : all) {
            took.addAll(each.get());
        }
        threads.shutdown();
        return took.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    private List<Long> paced(SessionStore store, List<SessionId> sessions, long end) {
        List<Long> took = new ArrayList<>();
        long next = System.nanoTime();
        for (int i = 0; System.nanoTime() < end && repaired.getCount() != 0; i++) {
            LockSupport.parkNanos(next - System.nanoTime());
            long start = System.nanoTime();
            LiveSession session =
                    store.load(sessions.get(i % sessions.size())).orElseThrow(() -> new IllegalStateException("lost"));
            session.attribute("count", i);
            store.save(session);
            took.add(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start));
            next = Math.max(next + PACE, start);
        }
        return took;
    }

    private static void print(String when, long[] took) {
        System.out.printf(
                "%-18s %,7d requests: p50 %.2f ms, p99 %.2f ms, longest %.1f ms%n",
                when, took.length, at(took, 0.5), at(took, 0.99), at(took, 1));
    }

    private static double at(long[] sorted, double part) {
        return Arrays.stream(sorted)
                        .skip(Math.min(sorted.length - 1, (long) (sorted.length * part)))
                        .findFirst()
                        .orElse(0)
                / 1e3;
    }
}
