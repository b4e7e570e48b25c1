package io.memsession.store;

import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.spy.memcached.CASResponse;
import net.spy.memcached.CASValue;
import net.spy.memcached.CachedData;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.internal.OperationFuture;
import net.spy.memcached.transcoders.Transcoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One load and one save of a record of 4 KB in both its homes, beside two bare gets and two bare compare-and-sets of as
 * many bytes: through spymemcached, and on blocking sockets, below which nothing can be.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class PairBenchmark {
    private static final String KEY = "bare";
    private static final int ATTRIBUTES = 8;
    private static final int CHARACTERS = 470;

    private final List<MemcachedServer> servers = new ArrayList<>();
    private final List<MemcachedClient> clients = new ArrayList<>();
    private final List<RawMemcached> sockets = new ArrayList<>();
    private final long[] tokens = new long[2];
    private SessionStore store;
    private SessionId id;
    private LiveSession session;
    private byte[] record;
    private int turn;

    /** A value as it is, without flags. */
    private static final class Bytes implements Transcoder<byte[]> {
        static final Bytes AS_THEY_ARE = new Bytes();

        @Override
        public boolean asyncDecode(CachedData data) {
            return false;
        }

        @Override
        public CachedData encode(byte[] bytes) {
            return new CachedData(0, bytes, getMaxSize());
        }

        @Override
        public byte[] decode(CachedData data) {
            return data.getData();
        }

        @Override
        public int getMaxSize() {
            return CachedData.MAX_SIZE;
        }
    }

    /** Starts two memcacheds and keeps the session in them. */
    @Setup(Level.Trial)
    public void start() throws Exception {
        List<NodeAddress> addresses = new ArrayList<>();
        for (int n = 1; n <= 2; n++) {
            MemcachedServer server = MemcachedServer.started();
            servers.add(server);
            addresses.add(server.address("n" + n));
        }
        StoreConfig config = StoreConfig.of(addresses, "benchmark");
        SpyNodes nodes = new SpyNodes(Protocol.BINARY, config.operationTimeout(), 1_000_000, InstantSource.system());
        store = SessionStore.open(
                config, nodes, new KryoAttributeCodec(PairBenchmark.class.getClassLoader()), new StoreEvents() {});
        id = SessionId.routed("0123456789ABCDEF0123456789ABCDEF-n1").orElseThrow();
        session = store.create(id, Duration.ofMinutes(30));
        for (int i = 0; i < ATTRIBUTES; i++) {
            session.attribute("attribute" + i, "x".repeat(CHARACTERS));
        }
        store.save(session);
        record = clientOf(0).get(config.keyPrefix() + ":" + id.plain(), Bytes.AS_THEY_ARE);
        for (int n = 0; n < 2; n++) {
            clientOf(n).set(KEY, 0, record, Bytes.AS_THEY_ARE).get();
            RawMemcached socket = new RawMemcached(servers.get(n).port(), 2 * record.length);
            sockets.add(socket);
        }
        bareGets();
        socketGets();
        System.out.println("the record has " + record.length + " bytes");
    }

    private MemcachedClient clientOf(int n) throws IOException {
        while (clients.size() <= n) {
            clients.add(new MemcachedClient(
                    new ConnectionFactoryBuilder()
                            .setProtocol(ConnectionFactoryBuilder.Protocol.BINARY)
                            .setUseNagleAlgorithm(false)
                            .setDaemon(true)
                            .build(),
                    List.of(new InetSocketAddress(
                            "127.0.0.1", servers.get(clients.size()).port()))));
        }
        return clients.get(n);
    }

    /** Ends what was started. */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
        store.close();
        clients.forEach(MemcachedClient::shutdown);
        for (RawMemcached socket : sockets) {
            socket.close();
        }
        servers.forEach(MemcachedServer::close);
    }

    /** The engine's load, from both homes. */
    @Benchmark
    public LiveSession load() {
        return store.load(id).orElseThrow();
    }

    /** The engine's save of one attribute that changed, to both homes. */
    @Benchmark
    public SaveOutcome save() {
        session.attribute("attribute0", turn++ % 2 + "y".repeat(CHARACTERS));
        SaveOutcome outcome = store.save(session);
        if (outcome != SaveOutcome.SAVED) {
            throw new IllegalStateException(outcome.toString());
        }
        return outcome;
    }

    /** Two gets by spymemcached, sent together. */
    @Benchmark
    public int bareGets() throws Exception {
        List<Future<CASValue<byte[]>>> answers = List.of(
                clientOf(0).asyncGets(KEY, Bytes.AS_THEY_ARE), clientOf(1).asyncGets(KEY, Bytes.AS_THEY_ARE));
        int length = 0;
        for (int n = 0; n < 2; n++) {
            CASValue<byte[]> value = answers.get(n).get();
            tokens[n] = value.getCas();
            length += value.getValue().length;
        }
        return length;
    }

    /** Two compare-and-sets by spymemcached, sent together. */
    @Benchmark
    public void bareCompareAndSets() throws Exception {
        List<OperationFuture<CASResponse>> answers = List.of(
                clientOf(0).asyncCAS(KEY, tokens[0], record, Bytes.AS_THEY_ARE),
                clientOf(1).asyncCAS(KEY, tokens[1], record, Bytes.AS_THEY_ARE));
        for (int n = 0; n < 2; n++) {
            if (answers.get(n).get() != CASResponse.OK) {
                throw new IllegalStateException("refused");
            }
            tokens[n] = answers.get(n).getCas();
        }
    }

    /** Two gets on blocking sockets, both sent before the first is awaited. */
    @Benchmark
    public int socketGets() throws IOException {
        for (RawMemcached socket : sockets) {
            socket.sendGet(KEY);
        }
        return received();
    }

    /** Two compare-and-sets on blocking sockets, both sent before the first is awaited. */
    @Benchmark
    public int socketCompareAndSets() throws IOException {
        for (RawMemcached socket : sockets) {
            socket.sendSet(KEY, record);
        }
        return received();
    }

    private int received() throws IOException {
        int length = 0;
        for (RawMemcached socket : sockets) {
            length += socket.receive();
        }
        return length;
    }
}
