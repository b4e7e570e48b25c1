package io.memsession.store.spy;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Prober;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A memcached, seen through a connection that it may share with other nodes of this JVM. */
final class SpyNode implements MemcachedNode {
    private final NodeAddress address;
    private final Link link;
    private final Duration timeout;
    private final int maxValueSize;
    private final Questions plain;
    private final Questions substitutes;
    private final Runnable release;
    private final Peer peer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile long used;

    /**
     * A node.
     *
     * @param timeout how long the server may take to begin, or go on, listing its keys
     * @param maxValueSize the largest value that is sent, in bytes
     * @param release run once, when the node is closed
     */
    SpyNode(NodeAddress address, Link link, Duration timeout, int maxValueSize, InstantSource clock, Runnable release) {
        this.address = address;
        this.link = link;
        this.timeout = timeout;
        this.maxValueSize = maxValueSize;
        this.plain = new PlainQuestions(this, clock);
        this.substitutes = new Substitutes(this, clock);
        this.release = release;
        this.peer = new Peer(address, 0);
    }

    @Override
    public String id() {
        return address.id();
    }

    @Override
    public String address() {
        return address.hostAndPort();
    }

    @Override
    public String abilities() {
        SpyConnection connection = link.current();
        return connection == null ? "" : connection.abilities().inWords();
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        MemcachedNode.requireKey(key);
        return ask(connection -> questions(connection).get(connection, key));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return store(key, value, ttl, connection -> questions(connection).add(connection, key, value, ttl));
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return store(key, value, ttl, connection -> questions(connection).set(connection, key, value, ttl));
    }

    private Questions questions(SpyConnection connection) {
        return connection.abilities().suffice() ? plain : substitutes;
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return ask(connection -> connection.abilities().counts()
                ? connection.ask(this, asked -> connection.dialect().statistics(asked, group))
                : CompletableFuture.failedFuture(peer.rejected("tells no statistics")));
    }

    /** Over a socket of its own, and on a thread of its own, as the list may be long. */
    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return ask(connection -> {
            if (!connection.abilities().listsKeys()) {
                return CompletableFuture.failedFuture(peer.rejected(
                        link.line().binaryOnly()
                                ? "runs with -S and so has no text protocol, which lists keys"
                                : "cannot list its keys"));
            }
            CompletableFuture<List<String>> answer = new CompletableFuture<>();
            Prober.start("memsession-keys-" + address.id(), () -> {
                try {
                    answer.complete(new KeyDump(address, link.line(), connection.remote(), timeout).keys(prefix));
                } catch (NodeFailure failure) {
                    answer.completeExceptionally(failure);
                } catch (RuntimeException e) { // an answer that never came would end all looks after the nodes
                    answer.completeExceptionally(peer.unreachable("lists its keys in a way that cannot be read", e));
                }
            });
            return answer;
        });
    }

    @Override
    public long connection() {
        SpyConnection connection = link.current();
        return connection == null ? 0 : connection.number();
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return store(
                key,
                value,
                ttl,
                connection -> isOf(connection, seen)
                        ? questions(connection).compareAndSet(connection, key, seen.value(), value, ttl)
                        : CompletableFuture.completedFuture(Written.OUTDATED));
    }

    /** A CAS id of 0 would be no compare-and-set at all in the binary protocol; no copy has it. */
    private static boolean isOf(SpyConnection connection, CasToken seen) {
        return connection.number() == seen.connection() && seen.value() != 0;
    }

    @Override
    public CompletableFuture<Written> drop(String key, CasToken seen) {
        MemcachedNode.requireKey(key);
        return ask(connection -> isOf(connection, seen)
                ? questions(connection).drop(connection, key, seen.value())
                : CompletableFuture.completedFuture(Written.OUTDATED));
    }

    private CompletableFuture<Written> store(
            String key, byte[] value, Duration ttl, Function<SpyConnection, CompletableFuture<Written>> question) {
        MemcachedNode.requireKey(key);
        if (ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " is negative");
        }
        return fits(value) ? ask(question) : tooLarge(value);
    }

    @Override
    public CompletableFuture<Void> probe() {
        if (closed.get()) {
            return CompletableFuture.failedFuture(peer.unreachable("is closed", null));
        }
        SpyConnection present = link.current();
        if (present != null) {
            used = present.number(); // so that who finds it hung can drop it
        }
        CompletableFuture<Void> answer = new CompletableFuture<>();
        link.probe((connection, failure) -> {
            if (failure == null) {
                used = connection.number();
                answer.complete(null);
            } else {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    @Override
    public void checkAddress() {
        link.checkAddress();
    }

    /** Drops the connection that was used last, not one that somebody else made since. */
    @Override
    public void disconnect() {
        link.drop(used);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        SpyConnection connection = link.current();
        if (connection != null) {
            connection.giveUp(this, "is closed");
        }
        release.run();
    }

    @Override
    public String toString() {
        return "memcached " + address;
    }

    private <T> CompletableFuture<T> ask(Function<SpyConnection, CompletableFuture<T>> question) {
        SpyConnection connection = closed.get() ? null : link.current();
        if (connection == null) {
            NodeFailure failure = peer.unreachable(closed.get() ? "is closed" : "is not connected", null);
            return CompletableFuture.failedFuture(failure);
        }
        used = connection.number();
        return question.apply(connection);
    }

    private boolean fits(byte[] value) {
        return value.length <= maxValueSize;
    }

    private <T> CompletableFuture<T> tooLarge(byte[] value) {
        return CompletableFuture.failedFuture(peer.rejected(
                "is not given a value of " + value.length + " bytes; at most " + maxValueSize + " are allowed"));
    }
}
