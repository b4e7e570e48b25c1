package io.memsession.store.spy;

import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.util.Map;
import java.util.Optional;

/**
 * The text protocol by no more commands than a server is known to understand: proxies close the connection at others.
 * Where there are no CAS ids, a copy's token tells its bytes, and compare-and-set is a plain set: who asks for it has
 * to compare first, see {@link Substitutes}.
 */
final class SpareTextDialect implements Dialect {
    private final TextDialect text = new TextDialect();
    private final boolean comparesAndSets;

    SpareTextDialect(boolean comparesAndSets) {
        this.comparesAndSets = comparesAndSets;
    }

    @Override
    public Exchange<Optional<Copy>> get(Peer peer, String key) {
        return new TextGet(peer, key, comparesAndSets);
    }

    @Override
    public Exchange<Written> add(Peer peer, String key, byte[] value, int expiry) {
        return text.add(peer, key, value, expiry);
    }

    @Override
    public Exchange<Written> set(Peer peer, String key, byte[] value, int expiry) {
        return text.set(peer, key, value, expiry);
    }

    @Override
    public Exchange<Written> compareAndSet(Peer peer, String key, long casId, byte[] value, int expiry) {
        return comparesAndSets
                ? text.compareAndSet(peer, key, casId, value, expiry)
                : text.set(peer, key, value, expiry);
    }

    @Override
    public Exchange<Map<String, String>> statistics(Peer peer, String group) {
        return text.statistics(peer, group);
    }

    /** Asks for something that is not there, which every server understands. */
    @Override
    public Exchange<String> version(Peer peer) {
        return new TextExchange<>(peer, "get memsession:greeting", null, line -> line.equals("END") ? "" : null);
    }

    /** Removes what is there. */
    Exchange<Boolean> delete(Peer peer, String key) {
        return new TextExchange<>(peer, "delete " + key, null, line -> switch (line) {
            case "DELETED" -> true;
            case "NOT_FOUND" -> false;
            default -> null;
        });
    }
}
