package io.memsession.store.spy;

import io.memsession.store.NodeFailure;
import io.memsession.store.line.LineException;
import io.memsession.store.line.OpenLine;
import io.memsession.store.line.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * How a connection is made: the name is resolved, the socket connected, the line secured, and the server asked for its
 * version, all with one deadline and before anything else is set up. So a server that refuses, hangs, or is no
 * memcached costs a socket for that time, and no thread.
 */
final class Dialer {
    private final Link.Target target;
    private final Peer peer;

    Dialer(Link.Target target) {
        this.target = target;
        this.peer = new Peer(target.address(), 0);
    }

    /**
     * A new connection, to the first of the host's addresses where a server answers: a name may have one that the
     * server does not serve. They share the time that one would have: as long as the timeout to connect, and as long
     * for all the rest, which is TLS, a login, and the greeting.
     */
    SpyConnection dial() throws NodeFailure {
        List<InetAddress> candidates = resolve();
        Duration share = target.operationTimeout().multipliedBy(2).dividedBy(candidates.size());
        NodeFailure last = null;
        for (InetAddress candidate : candidates) {
            try {
                return dial(
                        new InetSocketAddress(candidate, target.address().port()),
                        Patience.of(target.operationTimeout(), share));
            } catch (NodeFailure e) {
                last = e;
            }
        }
        throw last == null ? peer.unreachable("has no address", null) : last;
    }

    private List<InetAddress> resolve() throws NodeFailure {
        try {
            return target.resolver().ordered(host());
        } catch (UnknownHostException e) {
            throw peer.unreachable("is at an unknown host", e);
        }
    }

    private String host() {
        return target.address().host();
    }

    private SpyConnection dial(InetSocketAddress candidate, Patience patience) throws NodeFailure {
        Abilities abilities = abilities(candidate, patience);
        OpenLine open;
        try {
            open = OpenLine.connected(candidate, patience.left());
        } catch (SocketTimeoutException e) {
            throw peer.timedOut(target.operationTimeout());
        } catch (IOException e) {
            throw peer.unreachable("refused the connection", e);
        }
        try {
            Dialect dialect = dialect(abilities);
            begin(open, candidate, dialect, patience);
            ConnectedChannel settings = new ConnectedChannel(open, candidate, target.operationTimeout());
            return SpyConnection.over(target.address(), dialect, abilities, settings);
        } catch (LineException e) {
            open.close();
            throw peer.denied(e);
        } catch (SocketTimeoutException e) {
            open.close();
            throw peer.timedOut(target.operationTimeout());
        } catch (IOException e) {
            open.close();
            throw peer.unreachable("closed the connection before it said its version", e);
        } catch (NodeFailure | RuntimeException | Error e) {
            open.close();
            throw e;
        }
    }

    private void begin(OpenLine open, InetSocketAddress candidate, Dialect dialect, Patience patience)
            throws IOException, NodeFailure {
        target.line().secure(open, candidate, host(), patience);
        try {
            greet(open.within(patience.left()), dialect);
        } catch (IOException e) {
            throw target.line().explained(e, candidate, host(), patience);
        }
        open.unblock();
    }

    /** Each answer that an examination waits for may take as long; only a server that hangs lets it wait for all. */
    private Abilities abilities(InetSocketAddress candidate, Patience patience) throws NodeFailure {
        if (target.line().binaryOnly()) {
            return Abilities.all(target.protocol()).withoutKeys();
        }
        if (!target.opaque()) {
            return Abilities.all(target.protocol());
        }
        try {
            return new Examination(target.line(), candidate, host(), patience.left()).abilities(target.protocol());
        } catch (LineException e) {
            throw peer.denied(e);
        } catch (IOException e) {
            throw peer.unreachable("cannot be examined: " + e.getMessage(), e);
        }
    }

    private Dialect dialect(Abilities abilities) {
        if (abilities.binary()) {
            return new BinaryDialect();
        }
        return target.opaque() ? new SpareTextDialect(abilities.comparesAndSets()) : new TextDialect();
    }

    private void greet(OpenLine open, Dialect dialect) throws IOException, NodeFailure {
        Exchange<String> version = dialect.version(peer);
        version.initialize();
        open.write(version.getBuffer());
        byte[] chunk = new byte[512];
        while (!version.answer().isDone()) {
            int read = open.read(chunk);
            if (read < 0) {
                throw new IOException("end of stream");
            }
            try {
                version.readFromBuffer(ByteBuffer.wrap(chunk, 0, read));
            } catch (IOException e) {
                check(version); // knows what is wrong
                throw e;
            }
        }
        check(version);
    }

    private static void check(Exchange<String> version) throws NodeFailure {
        try {
            version.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof NodeFailure failure) {
                throw failure;
            }
            throw e;
        }
    }
}
