package io.memsession.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node that is an {@link InMemoryServer}: every future it hands out is complete already. Like any node it is not
 * connected before its first probe, and loses its connection when the server is killed.
 */
public final class InMemoryNode implements MemcachedNode {
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final String id;
    private final InMemoryServer server;
    private @Nullable Connection connection;
    private boolean closed;

    private record Connection(long number, int life) {}

    /** A node with a server of its own. */
    public InMemoryNode(String id, InstantSource clock) {
        this(id, new InMemoryServer(clock));
    }

    /** One of perhaps several nodes over the same server, as several app servers would have. */
    public InMemoryNode(String id, InMemoryServer server) {
        this.id = id;
        this.server = server;
    }

    /** The same, connected. */
    public static InMemoryNode connected(String id, InMemoryServer server) {
        InMemoryNode node = new InMemoryNode(id, server);
        node.probe().join();
        return node;
    }

    /** The server behind it. */
    public InMemoryServer server() {
        return server;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String address() {
        return "in-memory:" + id;
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        checkKey(key);
        return answer(on -> server.get(key, on.number));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        checkKey(key);
        checkTtl(ttl);
        return store(value, on -> server.add(key, value, ttl, on.number));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        checkKey(key);
        checkTtl(ttl);
        return store(
                value,
                on -> seen.connection() == on.number ? server.compareAndSet(key, seen, value, ttl) : Written.OUTDATED);
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        checkKey(key);
        checkTtl(ttl);
        return answer(on -> server.set(key, value, ttl, on.number));
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return answer(on ->
                server.keys().stream().filter(key -> key.startsWith(prefix)).toList());
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return answer(on -> server.statistics(group));
    }

    @Override
    public synchronized long connection() {
        Connection on = connection;
        return on != null && server.life().equals(Optional.of(on.life)) ? on.number : 0;
    }

    @Override
    public synchronized CompletableFuture<Void> probe() {
        if (closed) {
            return unreachable("is closed");
        }
        Optional<Integer> life = server.life();
        if (life.isEmpty()) {
            connection = null;
            return unreachable("refused the connection");
        }
        if (connection == null || connection.life != life.get()) {
            connection = new Connection(CONNECTIONS.incrementAndGet(), life.get());
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void disconnect() {
        connection = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        connection = null;
    }

    @Override
    public String toString() {
        return "in-memory " + id;
    }

    private CompletableFuture<Written> store(byte[] value, Function<Connection, Written> question) {
        return server.fits(value) ? answer(question) : failed(NodeFailure.Kind.REJECTED, "finds it too large");
    }

    private synchronized <T> CompletableFuture<T> answer(Function<Connection, T> question) {
        Connection on = connection;
        if (on == null || !server.life().equals(Optional.of(on.life))) {
            connection = null;
            return unreachable("is not connected");
        }
        return CompletableFuture.completedFuture(question.apply(on));
    }

    private <T> CompletableFuture<T> unreachable(String what) {
        return failed(NodeFailure.Kind.UNREACHABLE, what);
    }

    private <T> CompletableFuture<T> failed(NodeFailure.Kind kind, String what) {
        return CompletableFuture.failedFuture(new NodeFailure(kind, "node " + id + " " + what, null));
    }

    private static void checkKey(String key) {
        if (!key.matches("[!-~]{1,250}")) {
            throw new IllegalArgumentException("a key is 1 to 250 visible ASCII characters");
        }
    }

    private static void checkTtl(Duration ttl) {
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " is negative");
        }
    }
}
