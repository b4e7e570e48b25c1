package io.memsession.store.spy;

import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.util.Map;
import java.util.Optional;

/** memcached's text protocol. It does not tell the token of what was just written. */
final class TextDialect implements Dialect {
    private static final String VERSION = "VERSION ";
    private static final Written STORED = new Written(Written.Outcome.STORED, null);

    @Override
    public Exchange<Optional<Copy>> get(Peer peer, String key) {
        return new TextGet(peer, key, true);
    }

    @Override
    public Exchange<Written> add(Peer peer, String key, byte[] value, int expiry) {
        return new TextExchange<>(
                peer, "add " + key + " 0 " + expiry + " " + value.length, value, line -> switch (line) {
                    case "STORED" -> STORED;
                    case "NOT_STORED" -> Written.OUTDATED;
                    default -> null;
                });
    }

    @Override
    public Exchange<Written> set(Peer peer, String key, byte[] value, int expiry) {
        return new TextExchange<>(
                peer,
                "set " + key + " 0 " + expiry + " " + value.length,
                value,
                line -> line.equals("STORED") ? STORED : null);
    }

    @Override
    public Exchange<Written> compareAndSet(Peer peer, String key, long casId, byte[] value, int expiry) {
        String command = "cas " + key + " 0 " + expiry + " " + value.length + " " + Long.toUnsignedString(casId);
        return new TextExchange<>(peer, command, value, line -> switch (line) {
            case "STORED" -> STORED;
            case "EXISTS" -> Written.OUTDATED;
            case "NOT_FOUND" -> Written.GONE;
            default -> null;
        });
    }

    @Override
    public Exchange<Map<String, String>> statistics(Peer peer, String group) {
        return new TextStatistics(peer, group);
    }

    @Override
    public Exchange<String> version(Peer peer) {
        return new TextExchange<>(
                peer, "version", null, line -> line.startsWith(VERSION) ? line.substring(VERSION.length()) : null);
    }
}
