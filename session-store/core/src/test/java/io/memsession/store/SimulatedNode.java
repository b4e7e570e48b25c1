package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One app server's way to a simulated server, over a network that takes its time. */
final class SimulatedNode implements MemcachedNode {
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(250);
    private static final AtomicLong CONNECTIONS = new AtomicLong();

    private final SimulatedServer server;
    private final SimulatedTime time;
    private final Random random;
    private final Executor appServer;
    private @Nullable Connection connection;

    /** One connection; questions arrive in the order in which they were sent. */
    private static final class Connection {
        private final long number = CONNECTIONS.incrementAndGet();
        private final int life;
        private final List<CompletableFuture<?>> open = new ArrayList<>();
        private boolean lost;
        private boolean dropsWhatIsUnderWay;
        private long lastArrival;

        private Connection(int life) {
            this.life = life;
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Connection on);
    }

    SimulatedNode(SimulatedServer server, SimulatedTime time, Random random, Executor appServer) {
        this.server = server;
        this.time = time;
        this.random = random;
        this.appServer = appServer;
        server.add(this);
    }

    @Override
    public String id() {
        return server.id;
    }

    @Override
    public String address() {
        return "simulated";
    }

    @Override
    public long connection() {
        return connection == null ? 0 : connection.number;
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        return send(on -> server.memory.get(key, on.number));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return send(true, on -> server.memory.add(key, value, ttl, on.number));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return seen.connection() == connection()
                ? send(true, on -> server.memory.compareAndSet(key, seen, value, ttl))
                : CompletableFuture.completedFuture(Written.OUTDATED);
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return send(true, on -> server.memory.set(key, value, ttl, on.number));
    }

    /** A list of keys takes its time, and lacks what comes in the meantime. */
    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        CompletableFuture<List<String>> listed = new CompletableFuture<>();
        Duration taking = Duration.ofMillis(random.nextInt(500));
        var unused = send(on -> server.memory.keys().stream()
                        .filter(key -> key.startsWith(prefix))
                        .toList())
                .whenComplete((keys, error) -> time.after(
                        taking,
                        () -> appServer.execute(
                                error == null
                                        ? () -> listed.complete(keys)
                                        : () -> listed.completeExceptionally(error))));
        return listed;
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return send(on -> server.memory.statistics(group));
    }

    private <T> CompletableFuture<T> send(Question<T> question) {
        return send(false, question);
    }

    private <T> CompletableFuture<T> send(boolean writes, Question<T> question) {
        Connection on = connection;
        if (on == null) {
            return CompletableFuture.failedFuture(unreachable("is not connected"));
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        on.open.add(answer);
        on.lastArrival = Math.max(on.lastArrival, time.nanoTime() + latency());
        time.at(on.lastArrival, () -> {
            if (!on.dropsWhatIsUnderWay) {
                server.arrive(() -> carryOut(writes, question, on, answer));
            }
        });
        return answer;
    }

    private <T> void carryOut(boolean writes, Question<T> question, Connection on, CompletableFuture<T> answer) {
        if (!server.memory.life().equals(Optional.of(on.life))) {
            return; // the process that it was sent to is gone
        }
        Optional<NodeFailure> refusal = server.refusal(writes);
        if (refusal.isPresent()) {
            later(() -> tell(on, answer, () -> answer.completeExceptionally(refusal.get())));
            return;
        }
        T said = question.ask(on);
        later(() -> tell(on, answer, () -> answer.complete(said)));
    }

    @SuppressWarnings("CollectionUndefinedEquality") // identity is meant
    private <T> void tell(Connection on, CompletableFuture<T> answer, Runnable said) {
        on.open.remove(answer);
        if (!on.lost) {
            appServer.execute(said);
        }
    }

    @Override
    public CompletableFuture<Void> probe() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        later(() -> {
            Optional<Integer> life = server.memory.life();
            if (life.isEmpty()) {
                later(() -> fail(answer, unreachable("refused the connection")));
            } else if (server.hung()) {
                time.after(CONNECT_TIMEOUT, () -> fail(answer, unreachable("did not answer")));
            } else {
                later(() -> connected(answer, life.get()));
            }
        });
        return answer;
    }

    private void connected(CompletableFuture<Void> answer, int life) {
        if (!server.memory.life().equals(Optional.of(life))) {
            fail(answer, unreachable("died while connecting"));
            return;
        }
        if (connection == null) {
            connection = new Connection(life);
        }
        appServer.execute(() -> answer.complete(null));
    }

    /** The connection is lost from outside: noticed a moment later; what is under way may get through or not. */
    void connectionReset() {
        Connection on = connection;
        if (on != null) {
            on.dropsWhatIsUnderWay = random.nextBoolean();
            later(() -> lose(on));
        }
    }

    @Override
    public void disconnect() {
        if (connection != null) {
            lose(connection);
        }
    }

    private void lose(Connection on) {
        if (connection == on) {
            connection = null;
        }
        if (!on.lost) {
            on.lost = true;
            List.copyOf(on.open).forEach(answer -> fail(answer, unreachable("lost the connection")));
        }
    }

    private void fail(CompletableFuture<?> answer, NodeFailure failure) {
        appServer.execute(() -> answer.completeExceptionally(failure));
    }

    @Override
    public void close() {
        disconnect();
    }

    private void later(Runnable task) {
        time.after(Duration.ofNanos(latency()), task);
    }

    /** 1 to 12 ms, seldom up to 37, in nanoseconds. */
    private long latency() {
        return 1_000_000L * (1 + random.nextInt(random.nextInt(20) == 0 ? 37 : 12)) + random.nextInt(1_000_000);
    }

    private NodeFailure unreachable(String what) {
        return new NodeFailure(NodeFailure.Kind.UNREACHABLE, "node " + id() + " " + what, null);
    }
}
