package io.memsession.store.spy;

import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Questions to a memcached, one for one in its protocol. */
final class PlainQuestions implements Questions {
    private static final byte[] NOTHING = {};

    private final Object asker;
    private final InstantSource clock;

    /**
     * Questions.
     *
     * @param asker who asks, for {@link SpyConnection#giveUp}
     */
    PlainQuestions(Object asker, InstantSource clock) {
        this.asker = asker;
        this.clock = clock;
    }

    @Override
    public CompletableFuture<Optional<Copy>> get(SpyConnection connection, String key) {
        return connection.ask(asker, peer -> connection.dialect().get(peer, key));
    }

    @Override
    public CompletableFuture<Written> add(SpyConnection connection, String key, byte[] value, Duration ttl) {
        int expiry = Expiry.of(ttl, clock);
        return connection.ask(asker, peer -> connection.dialect().add(peer, key, value, expiry));
    }

    @Override
    public CompletableFuture<Written> set(SpyConnection connection, String key, byte[] value, Duration ttl) {
        int expiry = Expiry.of(ttl, clock);
        return connection.ask(asker, peer -> connection.dialect().set(peer, key, value, expiry));
    }

    @Override
    public CompletableFuture<Written> compareAndSet(
            SpyConnection connection, String key, long token, byte[] value, Duration ttl) {
        int expiry = Expiry.of(ttl, clock);
        return connection.ask(asker, peer -> connection.dialect().compareAndSet(peer, key, token, value, expiry));
    }

    /** Both protocols can only delete what is there, whatever it is; a copy that has expired already is as good. */
    @Override
    public CompletableFuture<Written> drop(SpyConnection connection, String key, long token) {
        return connection.ask(
                asker, peer -> connection.dialect().compareAndSet(peer, key, token, NOTHING, Expiry.PAST));
    }
}
