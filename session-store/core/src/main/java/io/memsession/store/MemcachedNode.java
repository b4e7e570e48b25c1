package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One store server. Every future completes: with a value, or exceptionally with a {@link NodeFailure} that says why
 * there is none. No method blocks.
 *
 * <p>A node keeps to the pair's rules: it never sends a token that another connection handed out, and never sends
 * anything twice.
 */
public interface MemcachedNode extends AutoCloseable {

    /**
     * Refuses a key that memcached would not take, so that all nodes take the same.
     *
     * @throws IllegalArgumentException if it is none
     */
    static void requireKey(String key) {
        boolean fit = !key.isEmpty() && key.length() <= 250;
        for (int i = 0; fit && i < key.length(); i++) {
            fit = key.charAt(i) > ' ' && key.charAt(i) < 0x7f;
        }
        if (!fit) {
            throw new IllegalArgumentException("a key is 1 to 250 visible ASCII characters");
        }
    }

    /** The node's id, as it stands in session ids and logs, such as {@code n1}. */
    String id();

    /** Where the node is, for logs and status pages, such as {@code 10.0.0.2:11211}. */
    String address();

    /** What the server was found to be able to do, as a sentence; empty where that was not looked into. */
    default String abilities() {
        return "";
    }

    /** The number of the connection that is used now, as its tokens carry it; 0 if there is none. */
    long connection();

    /**
     * The copy kept under the key, with the token that a later {@link #compareAndSet} must show; empty if there is
     * none.
     */
    CompletableFuture<Optional<Copy>> get(String key);

    /**
     * Keeps the value if nothing is kept under the key.
     *
     * @param ttl how long the node keeps it at least; zero means without limit. Never negative.
     * @return {@link Written.Outcome#STORED}, or {@link Written.Outcome#OUTDATED} if something is there
     */
    CompletableFuture<Written> add(String key, byte[] value, Duration ttl);

    /**
     * Replaces exactly the copy that was seen.
     *
     * @param seen the token of that copy; one of another connection counts as outdated without being sent
     * @param ttl how long the node keeps it at least; zero means without limit. Never negative.
     * @return {@link Written.Outcome#STORED}, {@link Written.Outcome#OUTDATED} if the copy is another by now, or
     *     {@link Written.Outcome#GONE} if there is none any more
     */
    CompletableFuture<Written> compareAndSet(String key, CasToken seen, byte[] value, Duration ttl);

    /**
     * Keeps the value, whatever was kept before. Not for records: what runs late would undo what came between.
     *
     * @param ttl how long the node keeps it at least; zero means without limit. Never negative.
     */
    CompletableFuture<Written> set(String key, byte[] value, Duration ttl);

    /**
     * Lets exactly the copy that was seen be gone, at once or within a second. Not for records.
     *
     * @return {@link Written.Outcome#STORED} if it is gone by this, otherwise as {@link #compareAndSet}
     */
    default CompletableFuture<Written> drop(String key, CasToken seen) {
        return compareAndSet(key, seen, new byte[0], Duration.ofSeconds(1));
    }

    /**
     * The keys of everything kept whose key begins so. May take longer than other questions.
     *
     * @return fails as {@link NodeFailure.Kind#REJECTED} where the server cannot list its keys
     */
    CompletableFuture<List<String>> keys(String prefix);

    /**
     * What the server counts of itself, by name, as memcached's {@code stats} command tells it.
     *
     * @param group which of its tables: empty for the general one, or {@code settings}
     * @return fails as {@link NodeFailure.Kind#REJECTED} where the server has none
     */
    CompletableFuture<Map<String, String>> statistics(String group);

    /**
     * Asks whether the node answers, connecting first if there is no connection. Takes no longer than the connect
     * timeout plus the operation timeout.
     */
    CompletableFuture<Void> probe();

    /**
     * Looks, in the background, whether the node's name still has the address that the connection goes to; drops the
     * connection if it has others for the second time in a row.
     */
    default void checkAddress() {}

    /** Drops the connection, so that no answer still on its way can be taken for that of a later question. */
    void disconnect();

    /** Drops the connection for good. Futures still open complete with a {@link NodeFailure}. */
    @Override
    void close();
}
