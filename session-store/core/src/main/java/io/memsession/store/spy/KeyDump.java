package io.memsession.store.spy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.line.Line;
import io.memsession.store.line.LineException;
import io.memsession.store.line.OpenLine;
import io.memsession.store.line.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One listing of all keys of a memcached, by {@code lru_crawler metadump hash} (memcached 1.5.13 or later; {@code hash}
 * lists every item, {@code all} misses some). The list is read as fast as the server gives it, over a socket of its
 * own: a slow reader holds up one of the server's threads.
 */
final class KeyDump {
    private final NodeAddress address;
    private final Line line;
    private final InetSocketAddress server;
    private final Duration timeout;
    private final Peer peer;

    /** A listing of what that server keeps, one of the node's addresses, which is reached by that line. */
    KeyDump(NodeAddress address, Line line, InetSocketAddress server, Duration timeout) {
        this.address = address;
        this.line = line;
        this.server = server;
        this.timeout = timeout;
        this.peer = new Peer(address, 0);
    }

    /** The keys that begin so; blocks until the server has listed all. */
    List<String> keys(String prefix) throws NodeFailure {
        try (OpenLine open = line.open(server, address.host(), Patience.of(timeout, timeout.multipliedBy(2)))) {
            open.write("lru_crawler metadump hash\r\n".getBytes(US_ASCII));
            InputStream list = open.stream(timeout.multipliedBy(4));
            return read(new DumpedLines(list), prefix);
        } catch (LineException e) {
            throw peer.denied(e);
        } catch (SocketTimeoutException e) {
            throw peer.timedOut(timeout);
        } catch (IOException e) {
            throw peer.unreachable("closed the connection while it listed its keys", e);
        }
    }

    private List<String> read(DumpedLines lines, String prefix) throws IOException, NodeFailure {
        List<String> keys = new ArrayList<>();
        while (lines.next()) {
            String key = lines.key();
            if (key == null) {
                throw peer.rejected("cannot list its keys: " + lines.text());
            }
            if (key.startsWith(prefix)) {
                keys.add(key);
            }
        }
        return keys;
    }
}
