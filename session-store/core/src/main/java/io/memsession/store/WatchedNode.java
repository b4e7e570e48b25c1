package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node with a deadline for every question, whose health is known: while it is down nobody waits for it, and a probe
 * asks now and then whether it is back.
 */
final class WatchedNode implements AutoCloseable {
    /** A key under which nothing is kept. */
    private static final String PROBED = StoreConfig.RESERVED_PREFIX + StoreConfig.SEPARATOR + "probe";

    /** A name is looked up so seldom because a JVM remembers names for as many seconds. */
    private static final int CHECKS_OF_ADDRESS = 30;

    private final MemcachedNode node;
    private final NodeHealth health;
    private final Deadlines deadlines;
    private final Scheduler scheduler;
    private final StoreConfig config;
    private final StoreEvents events;
    private final Denial denial = new Denial();
    private int checks; // of the thread that checks
    private volatile boolean tells = true;
    private volatile long largestValue = Long.MAX_VALUE;
    private volatile boolean closed;

    WatchedNode(MemcachedNode node, StoreConfig config, Scheduler scheduler, StoreEvents events) {
        this.node = node;
        this.health = new NodeHealth(config.timeoutsUntilDown());
        this.deadlines = new Deadlines(config.operationTimeout(), scheduler);
        this.scheduler = scheduler;
        this.config = config;
        this.events = events;
    }

    String id() {
        return node.id();
    }

    String address() {
        return node.address();
    }

    boolean up() {
        return health.up();
    }

    /** Whether the last question to it found no answer in time, so that the next may not either. */
    boolean late() {
        return health.late();
    }

    /** Whether it is up and believed to keep every record that it should. */
    boolean complete() {
        return health.complete();
    }

    NodeHealth health() {
        return health;
    }

    /** The number of the connection that is used now; each has another. */
    long connection() {
        return node.connection();
    }

    CompletableFuture<Optional<Copy>> get(String key) {
        return ask(Question.READ, () -> node.get(key));
    }

    /** Replaces the copy with that token, or adds where the token is null: none was there. */
    CompletableFuture<Written> put(String key, Held held, byte[] value, Duration ttl) {
        CasToken token = held.token();
        return ask(
                Question.WRITE,
                () -> token == null ? node.add(key, value, ttl) : node.compareAndSet(key, token, value, ttl));
    }

    CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return ask(Question.WRITE, () -> node.add(key, value, ttl));
    }

    CompletableFuture<Written> drop(String key, CasToken seen) {
        return ask(Question.WRITE, () -> node.drop(key, seen));
    }

    CompletableFuture<Written> set(String key, byte[] value) {
        return set(key, value, Duration.ZERO);
    }

    CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return ask(Question.WRITE, () -> node.set(key, value, ttl));
    }

    /** What the node counts of itself; nothing, where it does not tell. */
    CompletableFuture<NodeStatistics> statistics() {
        return tells
                ? ask(Question.OPTIONAL, () -> statistics(""))
                : CompletableFuture.completedFuture(NodeStatistics.NONE);
    }

    private CompletableFuture<NodeStatistics> statistics(String group) {
        return unlessRejected(node.statistics(group).thenApply(NodeStatistics::new), NodeStatistics.NONE);
    }

    private <T> CompletableFuture<T> unlessRejected(CompletableFuture<T> answer, T otherwise) {
        return answer.exceptionallyCompose(error -> {
            NodeFailure failure = NodeFailure.of(error, this::toString);
            return failure.kind() == NodeFailure.Kind.REJECTED
                    ? CompletableFuture.completedFuture(otherwise)
                    : CompletableFuture.failedFuture(failure);
        });
    }

    /** The largest value that fits into the node, in bytes. */
    long largestValue() {
        return largestValue;
    }

    /** Without deadline: the node's own list may be long. */
    CompletableFuture<List<String>> keys(String prefix) {
        return health.up()
                ? node.keys(prefix)
                : CompletableFuture.failedFuture(failure(NodeFailure.Kind.UNREACHABLE, "is down"));
    }

    private <T> CompletableFuture<T> ask(Question kind, Supplier<CompletableFuture<T>> question) {
        if (!health.up()) {
            return CompletableFuture.failedFuture(failure(NodeFailure.Kind.UNREACHABLE, "is down"));
        }
        long turn = health.turn();
        CompletableFuture<T> answer = inTime(question.get());
        return answer.whenComplete((value, error) -> note(kind, error, turn));
    }

    private <T> CompletableFuture<T> inTime(CompletableFuture<T> answer) {
        deadlines.watch(answer, () -> failure(NodeFailure.Kind.TIMED_OUT, "did not answer in " + timeoutMillis()));
        return answer;
    }

    private void note(Question kind, @Nullable Throwable error, long turn) {
        deadlines.settle();
        if (error == null) {
            health.answered();
            return;
        }
        NodeFailure failure = NodeFailure.of(error, this::toString);
        boolean down = switch (failure.kind()) {
            case UNREACHABLE, DENIED -> health.lost(turn);
            case TIMED_OUT -> health.unanswered(turn);
            case REJECTED -> rejected(kind, turn);
        };
        if (down && !closed) {
            wentDown(failure);
        }
    }

    /** Behind an opaque address an error may concern one key only, as a proxy's server for it is down. */
    private boolean rejected(Question kind, long turn) {
        if (kind == Question.WRITE) {
            health.refused();
        }
        return kind == Question.READ && !config.opaque() && health.unanswered(turn);
    }

    private void wentDown(NodeFailure failure) {
        String why = failure.kind() == NodeFailure.Kind.TIMED_OUT
                ? "after " + config.timeoutsUntilDown() + " timeouts of " + timeoutMillis()
                : "(" + failure.getMessage() + ")";
        events.nodeDown(id(), address(), why);
        denial.note(failure);
        node.disconnect();
        tells = true;
        // at once: a node that has only restarted is there already
        scheduler.after(Duration.ZERO, this::probeAgain);
    }

    /** Notices a connection that was lost while nobody asked anything, so that the next request finds another. */
    void checkConnection() {
        long turn = health.turn();
        if (++checks % CHECKS_OF_ADDRESS == 0) {
            node.checkAddress();
        }
        if (health.up() && node.connection() == 0) {
            note(Question.READ, failure(NodeFailure.Kind.UNREACHABLE, "lost its connection"), turn);
        }
    }

    private void scheduleProbe() {
        scheduler.after(config.probeInterval(), this::probeAgain);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // both outcomes are dealt with inside
    private void probeAgain() {
        if (!closed) {
            probe().whenComplete((up, error) -> {
                if (error != null) {
                    health.stillDown();
                    NodeFailure failure = NodeFailure.of(error, this::toString);
                    if (denial.note(failure)) {
                        events.nodeDenied(id(), address(), String.valueOf(failure.getMessage()));
                    }
                    scheduleProbe();
                }
            });
        }
    }

    /** Why the node is down, if that is because it and this app server are not set alike. */
    Optional<NodeFailure> denial() {
        return denial.reason();
    }

    /** Asks once whether the node answers, and whether it can be read: one that answers all by errors cannot. */
    private CompletableFuture<Void> probe() {
        return node.probe()
                .thenCompose(connected ->
                        inTime(config.opaque() ? unlessRejected(node.get(PROBED), Optional.empty()) : node.get(PROBED)))
                .thenCompose(read -> readSettings())
                .thenRun(() -> {
                    denial.end();
                    if (health.probed()) {
                        events.nodeUp(id(), address());
                        if (config.opaque()) {
                            events.nodeExamined(id(), address(), node.abilities());
                        }
                    }
                });
    }

    /** Some servers close the connection at a command that they do not know: those are not asked again. */
    private CompletableFuture<Void> readSettings() {
        return tells
                ? inTime(statistics("settings")).handle((settings, error) -> {
                    if (error != null) {
                        NodeFailure failure = NodeFailure.of(error, this::toString);
                        tells = failure.kind() != NodeFailure.Kind.UNREACHABLE;
                        throw new CompletionException(failure);
                    }
                    largestValue = settings.largestValue().orElse(Long.MAX_VALUE);
                    return null;
                })
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Connects for the first time. Completes, always normally and in bounded time, when the node is up or known to be
     * down.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // both outcomes are dealt with inside
    CompletableFuture<Void> start() {
        CompletableFuture<Void> answered = probe();
        CompletableFuture<Void> waited =
                scheduler.pause(config.operationTimeout().multipliedBy(3));
        answered.whenComplete((up, error) -> {
            if (error != null) {
                NodeFailure failure = NodeFailure.of(error, this::toString);
                events.nodeDown(id(), address(), "(" + failure.getMessage() + ")");
                denial.note(failure);
                scheduleProbe();
            }
        });
        return CompletableFuture.anyOf(answered.exceptionally(error -> null), waited)
                .thenApply(any -> null);
    }

    private NodeFailure failure(NodeFailure.Kind kind, String what) {
        return new NodeFailure(kind, this + " " + what, null);
    }

    private String timeoutMillis() {
        return config.operationTimeout().toMillis() + " ms";
    }

    /** Says nothing of it any more, and does not try it again: it is about to be closed. */
    void retire() {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
        node.close();
    }

    @Override
    public String toString() {
        return "node " + id() + " (" + address() + ")";
    }
}
