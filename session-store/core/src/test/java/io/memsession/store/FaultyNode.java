package io.memsession.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node that does what another does, until it is told to fail in one of the ways that servers fail. Thread-safe.
 *
 * <p>While it hangs, questions pile up as they do in the sockets of a stopped process: their futures stay open until
 * {@link #disconnect}, and {@link #heal} has them carried out late, in order, whoever still waits for them.
 */
public final class FaultyNode implements MemcachedNode {
    private enum Mode {
        WELL,
        FAILING,
        HANGING,
        LOSING_ANSWERS
    }

    private final MemcachedNode node;
    private final Queue<Runnable> late = new ArrayDeque<>();
    private final List<CompletableFuture<?>> open = new ArrayList<>();
    private final Queue<Runnable> before = new ArrayDeque<>();
    private Mode mode = Mode.WELL;
    private NodeFailure failure;
    private boolean cut;

    /** A decorator of that node, which is well at first. */
    public FaultyNode(MemcachedNode node) {
        this.node = node;
        this.failure = failure(NodeFailure.Kind.UNREACHABLE, "refused the connection");
    }

    /** From now on it fails at once, as if nobody listened at its port; probes too. */
    public synchronized void refuse() {
        fail(NodeFailure.Kind.UNREACHABLE);
    }

    /** From now on it answers that it cannot do it; probes succeed. */
    public synchronized void reject() {
        fail(NodeFailure.Kind.REJECTED);
    }

    /** From now on it fails at once in this way. Nothing reaches the node. */
    public synchronized void fail(NodeFailure.Kind kind) {
        mode = Mode.FAILING;
        failure = failure(kind, "fails as the test wants");
    }

    /** From now on its futures stay open. */
    public synchronized void hang() {
        mode = Mode.HANGING;
    }

    /** From now on questions are carried out, but their answers are lost, and end in this failure. */
    public synchronized void loseAnswers(NodeFailure.Kind kind) {
        mode = Mode.LOSING_ANSWERS;
        failure = failure(kind, "lost the answer, as the test wants");
    }

    /** Runs this once, just before the next question is carried out: the place for somebody else's write. */
    public synchronized void before(Runnable action) {
        before.add(action);
    }

    /** Is well again. What piled up is carried out now, over the connection that it was asked on. */
    public void heal() {
        List<Runnable> piled;
        synchronized (this) {
            mode = Mode.WELL;
            piled = List.copyOf(late);
            late.clear();
        }
        piled.forEach(Runnable::run);
        synchronized (this) {
            open.removeIf(CompletableFuture::isDone);
            if (cut) {
                cut = false;
                node.disconnect();
            }
        }
    }

    @Override
    public String id() {
        return node.id();
    }

    @Override
    public String address() {
        return node.address();
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        return pass(() -> node.get(key));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return pass(() -> node.add(key, value, ttl));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return pass(() -> node.compareAndSet(key, seen, value, ttl));
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return pass(() -> node.set(key, value, ttl));
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return pass(() -> node.keys(prefix));
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return pass(() -> node.statistics(group));
    }

    @Override
    public long connection() {
        return node.connection();
    }

    /** Like any question, but that a node which only rejects is there. */
    @Override
    public CompletableFuture<Void> probe() {
        synchronized (this) {
            boolean there = mode == Mode.WELL || (mode == Mode.FAILING && failure.kind() == NodeFailure.Kind.REJECTED);
            if (mode == Mode.HANGING) {
                return pileUp(() -> {
                    disconnectIfCut();
                    return node.probe();
                });
            }
            return there ? node.probe() : CompletableFuture.failedFuture(failure);
        }
    }

    @Override
    public void disconnect() {
        List<CompletableFuture<?>> ended;
        synchronized (this) {
            ended = List.copyOf(open);
            open.clear();
            if (mode == Mode.HANGING) {
                cut = true; // what is in its sockets will still be carried out
            } else {
                node.disconnect();
            }
        }
        ended.forEach(future ->
                future.completeExceptionally(failure(NodeFailure.Kind.UNREACHABLE, "was disconnected from here")));
    }

    @Override
    public void close() {
        disconnect();
        node.close();
    }

    @Override
    public synchronized String toString() {
        return "faulty(" + mode.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", " + node + ")";
    }

    private <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> question) {
        Runnable first;
        Mode as;
        synchronized (this) {
            as = mode;
            if (as == Mode.FAILING) {
                return CompletableFuture.failedFuture(failure);
            }
            if (as == Mode.HANGING) {
                return cut
                        ? CompletableFuture.failedFuture(failure(NodeFailure.Kind.UNREACHABLE, "is not connected"))
                        : pileUp(question);
            }
            first = before.poll();
        }
        run(first);
        CompletableFuture<T> answer = question.get();
        return as == Mode.WELL ? answer : lost(answer);
    }

    private synchronized <T> CompletableFuture<T> lost(CompletableFuture<T> answer) {
        NodeFailure instead = failure;
        CompletableFuture<T> future = new CompletableFuture<>();
        var unused = answer.whenComplete((value, thrown) -> future.completeExceptionally(instead));
        return future;
    }

    private synchronized <T> CompletableFuture<T> pileUp(Supplier<CompletableFuture<T>> question) {
        CompletableFuture<T> future = new CompletableFuture<>();
        open.add(future);
        late.add(() -> {
            var unused = question.get().whenComplete((value, thrown) -> {
                if (thrown == null) {
                    future.complete(value);
                } else {
                    future.completeExceptionally(thrown);
                }
            });
        });
        return future;
    }

    private synchronized void disconnectIfCut() {
        if (cut) {
            cut = false;
            node.disconnect();
        }
    }

    private static void run(@Nullable Runnable action) {
        if (action != null) {
            action.run();
        }
    }

    private NodeFailure failure(NodeFailure.Kind kind, String what) {
        return new NodeFailure(kind, "node " + node.id() + " " + what, null);
    }
}
