package io.memsession.store;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A node that is given sealed values only, and whose values are opened. */
final class SealedNode implements MemcachedNode {
    private final MemcachedNode node;
    private final Seal seal;
    private final Predicate<String> open;

    /**
     * The node, sealed.
     *
     * @param open tells the keys whose values stay open, because they say nothing of a session
     */
    SealedNode(MemcachedNode node, Seal seal, Predicate<String> open) {
        this.node = node;
        this.seal = seal;
        this.open = open;
    }

    /** What makes nodes for that store: sealed ones if its settings say so. */
    static NodeConnector connector(NodeConnector connector, StoreConfig config) {
        Sealing sealing = config.sealing();
        if (sealing == null) {
            return connector;
        }
        Seal seal = new Seal(sealing, new SecureRandom());
        Bookkeeping keys = new Bookkeeping(config.keyPrefix());
        return new NodeConnector() {
            @Override
            public MemcachedNode node(NodeAddress address) {
                return new SealedNode(connector.node(address), seal, keys::isOfNode);
            }

            @Override
            public MemcachedNode opaque(NodeAddress address) {
                return new SealedNode(connector.opaque(address), seal, keys::isOfNode);
            }
        };
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
    public String abilities() {
        return node.abilities();
    }

    @Override
    public long connection() {
        return node.connection();
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        return open.test(key)
                ? node.get(key)
                : node.get(key)
                        .thenApply(found -> found.map(copy -> new Copy(seal.open(key, copy.value()), copy.token())));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return node.add(key, sealed(key, value), ttl);
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return node.compareAndSet(key, seen, sealed(key, value), ttl);
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return node.set(key, sealed(key, value), ttl);
    }

    private byte[] sealed(String key, byte[] value) {
        return open.test(key) ? value : seal.seal(key, value);
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return node.keys(prefix);
    }

    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return node.statistics(group);
    }

    @Override
    public CompletableFuture<Void> probe() {
        return node.probe();
    }

    @Override
    public void checkAddress() {
        node.checkAddress();
    }

    @Override
    public void disconnect() {
        node.disconnect();
    }

    @Override
    public void close() {
        node.close();
    }
}
