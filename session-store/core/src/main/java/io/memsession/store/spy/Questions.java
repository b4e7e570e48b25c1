package io.memsession.store.spy;

import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What a node asks about values, over a connection that is there. */
interface Questions {

    /** Asks for the copy under a key. */
    CompletableFuture<Optional<Copy>> get(SpyConnection connection, String key);

    /** Keeps a value where there is none. */
    CompletableFuture<Written> add(SpyConnection connection, String key, byte[] value, Duration ttl);

    /** Keeps a value, whatever was kept before. */
    CompletableFuture<Written> set(SpyConnection connection, String key, byte[] value, Duration ttl);

    /** Replaces the copy whose token has that number. */
    CompletableFuture<Written> compareAndSet(
            SpyConnection connection, String key, long token, byte[] value, Duration ttl);

    /** Lets the copy be gone whose token has that number. */
    CompletableFuture<Written> drop(SpyConnection connection, String key, long token);
}
