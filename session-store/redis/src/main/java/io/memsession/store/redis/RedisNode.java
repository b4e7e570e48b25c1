package io.memsession.store.redis;

import io.lettuce.core.ScanCursor;
import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeFailure;
import io.memsession.store.SharedProbe;
import io.memsession.store.Written;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A Redis, seen through a connection of its own, which a probe makes anew once it is over. */
final class RedisNode implements MemcachedNode {
    private final Dialer dialer;
    private final int maxValueSize;
    private final Peer peer;
    private final SharedProbe<Line> probe;
    private volatile @Nullable Line current;
    private volatile boolean closed;

    /**
     * A node.
     *
     * @param maxValueSize the largest value that is sent, in bytes
     */
    RedisNode(Dialer dialer, int maxValueSize) {
        this.dialer = dialer;
        this.maxValueSize = maxValueSize;
        this.peer = dialer.peer();
        this.probe = new SharedProbe<>(peer.address(), this::connectOrCheck);
    }

    @Override
    public String id() {
        return peer.address().id();
    }

    @Override
    public String address() {
        return peer.address().hostAndPort();
    }

    @Override
    public String abilities() {
        Line line = line();
        return line == null ? "" : line.abilities().inWords();
    }

    @Override
    public long connection() {
        Line line = line();
        return line == null ? 0 : line.number();
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        MemcachedNode.requireKey(key);
        return ask(line -> Questions.get(line, key));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return store(key, value, ttl, line -> Questions.add(line, key, value, ttl));
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return store(key, value, ttl, line -> Questions.set(line, key, value, ttl));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return store(
                key,
                value,
                ttl,
                line -> line.number() == seen.connection()
                        ? Questions.compareAndSet(line, key, seen.value(), value, ttl)
                        : CompletableFuture.completedFuture(Written.OUTDATED));
    }

    @Override
    public CompletableFuture<Written> drop(String key, CasToken seen) {
        MemcachedNode.requireKey(key);
        return ask(line -> line.number() == seen.connection()
                ? Questions.drop(line, key, seen.value())
                : CompletableFuture.completedFuture(Written.OUTDATED));
    }

    private CompletableFuture<Written> store(
            String key, byte[] value, Duration ttl, Function<Line, CompletableFuture<Written>> question) {
        MemcachedNode.requireKey(key);
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " is negative");
        }
        return value.length <= maxValueSize
                ? ask(question)
                : CompletableFuture.failedFuture(peer.rejected("is not given a value of " + value.length
                        + " bytes; at most " + maxValueSize + " are allowed"));
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return ask(line -> {
            if (!line.abilities().listsKeys()) {
                return CompletableFuture.failedFuture(peer.rejected("cannot list its keys"));
            }
            CompletableFuture<List<String>> all = new CompletableFuture<>();
            list(line, prefix, ScanCursor.INITIAL, new LinkedHashSet<>(), all);
            return all;
        });
    }

    /** Page by page, each with a deadline of its own. */
    private void list(
            Line line, String prefix, ScanCursor after, Set<String> found, CompletableFuture<List<String>> all) {
        var page = Questions.page(line, after, prefix);
        dialer.limit(page);
        var unused = page.whenComplete((next, error) -> {
            if (error != null) {
                all.completeExceptionally(error);
                return;
            }
            found.addAll(next.getKeys());
            if (next.isFinished()) {
                all.complete(List.copyOf(found));
            } else {
                list(line, prefix, next, found, all);
            }
        });
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return ask(line -> {
            if (!line.abilities().counts()) {
                return CompletableFuture.failedFuture(peer.rejected("tells no statistics"));
            }
            return group.isEmpty()
                    ? Questions.statistics(line)
                    : CompletableFuture.completedFuture(ServerInfo.SETTINGS);
        });
    }

    @Override
    public CompletableFuture<Void> probe() {
        if (closed) {
            return CompletableFuture.failedFuture(peer.unreachable("is closed", null));
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        var unused = probe.ask().whenComplete((line, error) -> {
            if (error == null) {
                answer.complete(null);
            } else {
                answer.completeExceptionally(error);
            }
        });
        return answer;
    }

    private Line connectOrCheck() throws NodeFailure {
        Line present = line();
        if (present != null) {
            dialer.check(present);
            return present;
        }
        Line line = dialer.dial();
        synchronized (this) {
            if (!closed) {
                current = line;
                return line;
            }
        }
        line.end("is closed", null);
        throw peer.unreachable("is closed", null);
    }

    @Override
    public void disconnect() {
        Line line = line();
        if (line != null) {
            line.end("was disconnected from here", null);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Line line = line();
        if (line != null) {
            line.end("is closed", null);
        }
        dialer.close(line);
    }

    @Override
    public String toString() {
        return "redis " + peer.address();
    }

    private @Nullable Line line() {
        Line line = current;
        return line == null || line.isOver() ? null : line;
    }

    private <T> CompletableFuture<T> ask(Function<Line, CompletableFuture<T>> question) {
        Line line = line();
        return line == null
                ? CompletableFuture.failedFuture(peer.unreachable(closed ? "is closed" : "is not connected", null))
                : question.apply(line);
    }
}
