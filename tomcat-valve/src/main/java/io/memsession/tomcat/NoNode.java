package io.memsession.tomcat;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A node that nobody is to ask, because keeping sessions is switched off: never up, without connection or thread.
 *
 * @param place where it would be
 */
record NoNode(NodeAddress place) implements MemcachedNode {
    private <T> CompletableFuture<T> off() {
        return CompletableFuture.failedFuture(
                new NodeFailure(NodeFailure.Kind.UNREACHABLE, "node " + place.id() + " is switched off", null));
    }

    @Override
    public String id() {
        return place.id();
    }

    @Override
    public String address() {
        return place.hostAndPort();
    }

    @Override
    public long connection() {
        return 0;
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        return off();
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return off();
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return off();
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return off();
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return off();
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return off();
    }

    @Override
    public CompletableFuture<Void> probe() {
        return off();
    }

    @Override
    public void disconnect() {}

    @Override
    public void close() {}
}
