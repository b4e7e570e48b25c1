package io.memsession.store.spy;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is asked in place of what a server cannot do. Without compare-and-set, the copy is read again just before it is
 * replaced: only who writes in that one round trip is overwritten. Without times to live, each value carries its own
 * end, and is deleted some time after it.
 */
final class Substitutes implements Questions {
    private static final byte[] NOTHING = {};
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Object asker;
    private final InstantSource clock;
    private final TimedValues timed;
    private final Leftovers leftovers = new Leftovers();

    Substitutes(Object asker, InstantSource clock) {
        this.asker = asker;
        this.clock = clock;
        this.timed = new TimedValues(clock);
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(SpyConnection connection, String key) {
        return found(connection, key).thenApply(found -> found.flatMap(timed::live));
    }

    private CompletableFuture<Optional<Copy>> found(SpyConnection connection, String key) {
        return connection.ask(asker, peer -> connection.dialect().get(peer, key));
    }

    @Override
    public CompletableFuture<Written> add(SpyConnection connection, String key, byte[] value, Duration ttl) {
        Put put = put(connection, key, value, ttl);
        return connection
                .ask(asker, peer -> connection.dialect().add(peer, key, put.value, put.expiry))
                .thenCompose(
                        written -> written.stored() || connection.abilities().keepsTime()
                                ? CompletableFuture.completedFuture(written)
                                : addInPlaceOfWhatIsOver(connection, key, put));
    }

    private CompletableFuture<Written> addInPlaceOfWhatIsOver(SpyConnection connection, String key, Put put) {
        return found(connection, key).thenCompose(found -> {
            Copy copy = found.filter(each -> timed.isOver(each.value())).orElse(null);
            return copy == null
                    ? CompletableFuture.completedFuture(Written.OUTDATED)
                    : replace(connection, key, copy.token().value(), put);
        });
    }

    @Override
    public CompletableFuture<Written> set(SpyConnection connection, String key, byte[] value, Duration ttl) {
        Put put = put(connection, key, value, ttl);
        return connection.ask(asker, peer -> connection.dialect().set(peer, key, put.value, put.expiry));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(
            SpyConnection connection, String key, long token, byte[] value, Duration ttl) {
        return replace(connection, key, token, put(connection, key, value, ttl));
    }

    @Override
    public CompletableFuture<Written> drop(SpyConnection connection, String key, long token) {
        return replace(
                connection,
                key,
                token,
                connection.abilities().keepsTime()
                        ? new Put(NOTHING, Expiry.PAST)
                        : put(connection, key, NOTHING, AT_ONCE));
    }

    private CompletableFuture<Written> replace(SpyConnection connection, String key, long token, Put put) {
        Dialect dialect = connection.dialect();
        if (connection.abilities().comparesAndSets()) {
            return connection.ask(asker, peer -> dialect.compareAndSet(peer, key, token, put.value, put.expiry));
        }
        return found(connection, key).thenCompose(found -> {
            if (found.isEmpty() || found.get().token().value() != token) {
                return CompletableFuture.completedFuture(found.isEmpty() ? Written.GONE : Written.OUTDATED);
            }
            CasToken next = new CasToken(TextGet.tokenOf(put.value), connection.number());
            return connection
                    .ask(asker, peer -> dialect.set(peer, key, put.value, put.expiry))
                    .thenApply(written -> new Written(written.outcome(), next));
        });
    }

    /** A value as the server is to keep it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Put(byte[] value, int expiry) {}

    private Put put(SpyConnection connection, String key, byte[] value, Duration ttl) {
        int expiry = Expiry.of(ttl, clock);
        if (connection.abilities().keepsTime()) {
            return new Put(value, expiry);
        }
        leftovers.wrote(key, timed.end(ttl));
        leftovers.due(clock.millis()).forEach(each -> sweep(connection, each));
        return new Put(timed.timed(value, ttl), 0);
    }

    private void sweep(SpyConnection connection, String key) {
        if (connection.dialect() instanceof SpareTextDialect dialect) {
            var unused = found(connection, key)
                    .thenCompose(found ->
                            found.filter(copy -> timed.isOver(copy.value())).isPresent()
                                    ? connection.ask(asker, peer -> dialect.delete(peer, key))
                                    : CompletableFuture.completedFuture(false));
        }
    }
}
