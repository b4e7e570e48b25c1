package io.memsession.store.spy;

import static io.memsession.store.spy.BinaryExchange.EXISTS;
import static io.memsession.store.spy.BinaryExchange.NOT_FOUND;
import static io.memsession.store.spy.BinaryExchange.NOT_STORED;
import static io.memsession.store.spy.BinaryExchange.OK;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** memcached's binary protocol. */
final class BinaryDialect implements Dialect {
    private static final byte GET = 0x00;
    private static final byte SET = 0x01;
    private static final byte ADD = 0x02;
    private static final byte VERSION = 0x0b;
    private static final int NOT_AUTHENTICATED = 0x20;
    private static final byte[] NOTHING = {};

    @Override
    public Exchange<Optional<Copy>> get(Peer peer, String key) {
        return new BinaryExchange<>(peer, GET, noExtras(), key, 0, NOTHING, (status, casId, value) -> switch (status) {
            case OK -> Optional.of(new Copy(value, token(peer, casId)));
            case NOT_FOUND -> Optional.empty();
            default -> throw rejected(peer, status, value);
        });
    }

    @Override
    public Exchange<Written> add(Peer peer, String key, byte[] value, int expiry) {
        return store(peer, ADD, key, 0, value, expiry);
    }

    @Override
    public Exchange<Written> set(Peer peer, String key, byte[] value, int expiry) {
        return store(peer, SET, key, 0, value, expiry);
    }

    /** A set that names a CAS id is a compare-and-set. */
    @Override
    public Exchange<Written> compareAndSet(Peer peer, String key, long casId, byte[] value, int expiry) {
        return store(peer, SET, key, casId, value, expiry);
    }

    @Override
    public Exchange<String> version(Peer peer) {
        return new BinaryExchange<>(peer, VERSION, noExtras(), "", 0, NOTHING, (status, casId, value) -> {
            if (status != OK) {
                throw rejected(peer, status, value);
            }
            return text(value);
        });
    }

    @Override
    public Exchange<Map<String, String>> statistics(Peer peer, String group) {
        return new BinaryStatistics(peer, group);
    }

    private static Exchange<Written> store(Peer peer, byte opcode, String key, long casId, byte[] value, int expiry) {
        ByteBuffer flagsAndExpiry =
                ByteBuffer.allocate(8).putInt(0).putInt(expiry).flip();
        return new BinaryExchange<>(
                peer, opcode, flagsAndExpiry, key, casId, value, (status, newId, message) -> switch (status) {
                    case OK -> new Written(Written.Outcome.STORED, token(peer, newId));
                    case EXISTS -> Written.OUTDATED;
                    case NOT_FOUND -> Written.GONE;
                    case NOT_STORED -> opcode == ADD ? Written.OUTDATED : Written.GONE;
                    default -> throw rejected(peer, status, message);
                });
    }

    private static CasToken token(Peer peer, long casId) throws NodeFailure {
        if (casId == 0) {
            throw peer.rejected("hands out no CAS ids; it must not run with -C");
        }
        return new CasToken(casId, peer.connection());
    }

    static NodeFailure rejected(Peer peer, int status, byte[] message) {
        return status == NOT_AUTHENTICATED
                ? peer.unknownAsker()
                : peer.rejected("refused: status " + status + ", " + text(message));
    }

    /** What the server says, as far as it can be shown. */
    private static String text(byte[] message) {
        return new String(message, 0, Math.min(message.length, 200), StandardCharsets.US_ASCII)
                .replaceAll("[^ -~]", "?");
    }

    private static ByteBuffer noExtras() {
        return ByteBuffer.allocate(0);
    }
}
