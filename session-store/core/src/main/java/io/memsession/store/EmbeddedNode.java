package io.memsession.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node that keeps its items on this JVM's heap, up to 64 MiB of them; then it forgets what was not asked for for the
 * longest time, as memcached does.
 */
final class EmbeddedNode implements MemcachedNode {
    private static final long MOST_BYTES = 64L << 20;

    private final NodeAddress address;
    private final Items items;
    private final InstantSource clock;
    private volatile boolean closed;

    /** What is kept, and who was given which token. */
    static final class Items {
        private final Map<String, Item> byKey = new LinkedHashMap<>(16, 0.75f, true);
        private long lastToken;
        private long bytes;

        private synchronized <T> T locked(Supplier<T> action) {
            return action.get();
        }

        private @Nullable Item live(String key, long now) {
            Item item = byKey.get(key);
            return item == null || item.end <= now ? null : item;
        }

        private long put(String key, byte[] value, long end) {
            Item before = byKey.put(key, new Item(value.clone(), ++lastToken, end));
            bytes += value.length - (before == null ? 0 : before.value.length);
            Iterator<Item> eldest = byKey.values().iterator();
            while (bytes > MOST_BYTES && eldest.hasNext()) {
                bytes -= eldest.next().value.length;
                eldest.remove();
            }
            return lastToken;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Item(byte[] value, long token, long end) {}

    EmbeddedNode(NodeAddress address, Items items, InstantSource clock) {
        this.address = address;
        this.items = items;
        this.clock = clock;
    }

    @Override
    public String id() {
        return address.id();
    }

    @Override
    public String address() {
        return "embedded";
    }

    @Override
    public long connection() {
        return closed ? 0 : 1;
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(String key) {
        return answer(() -> Optional.ofNullable(items.live(key, clock.millis()))
                .map(item -> new Copy(item.value.clone(), new CasToken(item.token, 1))));
    }

    @Override
    public CompletableFuture<Written> add(String key, byte[] value, Duration ttl) {
        return answer(() ->
                items.live(key, clock.millis()) == null ? stored(items.put(key, value, end(ttl))) : Written.OUTDATED);
    }

    @Override
    public CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl) {
        return answer(() -> {
            Item item = items.live(key, clock.millis());
            if (item == null) {
                return Written.GONE;
            }
            return item.token == seen.value() && seen.connection() == 1
                    ? stored(items.put(key, value, end(ttl)))
                    : Written.OUTDATED;
        });
    }

    @Override
    public CompletableFuture<Written> set(String key, byte[] value, Duration ttl) {
        return answer(() -> stored(items.put(key, value, end(ttl))));
    }

    @Override
    public CompletableFuture<List<String>> keys(String prefix) {
        return answer(() -> items.byKey.entrySet().stream()
                .filter(each -> each.getKey().startsWith(prefix) && each.getValue().end > clock.millis())
                .map(Map.Entry::getKey)
                .toList());
    }

    /** It counts nothing. */
    @Override
    public CompletableFuture<Map<String, String>> statistics(String group) {
        return answer(Map::of);
    }

    @Override
    public CompletableFuture<Void> probe() {
        return closed ? failed() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void disconnect() {
        // there is nothing between here and there
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "embedded " + id();
    }

    private static Written stored(long token) {
        return new Written(Written.Outcome.STORED, new CasToken(token, 1));
    }

    private long end(Duration ttl) {
        return ttl.isZero() ? Long.MAX_VALUE : clock.millis() + ttl.toMillis();
    }

    private <T> CompletableFuture<T> answer(Supplier<T> action) {
        return closed ? failed() : CompletableFuture.completedFuture(items.locked(action));
    }

    private <T> CompletableFuture<T> failed() {
        return CompletableFuture.failedFuture(
                new NodeFailure(NodeFailure.Kind.UNREACHABLE, "node " + id() + " is closed", null));
    }
}
