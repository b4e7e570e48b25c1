package io.memsession.store.spy;

import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * How a connection is made: the name is resolved, the socket connected, and the server asked for its version, all with
 * one deadline and before anything else is set up. So a server that refuses, hangs, or is no memcached costs a socket
 * for that time, and no thread.
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
     * for the greeting.
     */
    SpyConnection dial() throws NodeFailure {
        List<InetAddress> candidates = resolve();
        Duration share = target.operationTimeout().multipliedBy(2).dividedBy(candidates.size());
        NodeFailure last = null;
        for (InetAddress candidate : candidates) {
            try {
                return dial(
                        new InetSocketAddress(candidate, target.address().port()), System.nanoTime() + share.toNanos());
            } catch (NodeFailure e) {
                last = e;
            }
        }
        throw last == null ? peer.unreachable("has no address", null) : last;
    }

    private List<InetAddress> resolve() throws NodeFailure {
        try {
            return target.resolver().ordered(target.address().host());
        } catch (UnknownHostException e) {
            throw peer.unreachable("is at an unknown host", e);
        }
    }

    private SpyConnection dial(SocketAddress candidate, long end) throws NodeFailure {
        Abilities abilities = abilities(candidate, left(end));
        SocketChannel channel;
        try {
            channel = connect(candidate, left(end));
        } catch (SocketTimeoutException e) {
            throw peer.timedOut(target.operationTimeout());
        } catch (IOException e) {
            throw peer.unreachable("refused the connection", e);
        }
        try {
            Dialect dialect = dialect(abilities);
            greet(channel, dialect, left(end));
            channel.configureBlocking(false);
            ConnectedChannel settings = new ConnectedChannel(channel, candidate, target.operationTimeout());
            return SpyConnection.over(target.address(), dialect, abilities, settings);
        } catch (SocketTimeoutException e) {
            close(channel);
            throw peer.timedOut(target.operationTimeout());
        } catch (IOException e) {
            close(channel);
            throw peer.unreachable("closed the connection before it said its version", e);
        } catch (NodeFailure | RuntimeException | Error e) {
            close(channel);
            throw e;
        }
    }

    /** What is left until then, but never longer than one question may take. */
    private Duration left(long end) {
        long nanos = Math.min(target.operationTimeout().toNanos(), end - System.nanoTime());
        return Duration.ofNanos(Math.max(Duration.ofMillis(1).toNanos(), nanos));
    }

    /** Each answer that an examination waits for may take as long; only a server that hangs lets it wait for all. */
    private Abilities abilities(SocketAddress candidate, Duration limit) throws NodeFailure {
        if (!target.opaque()) {
            return Abilities.all(target.protocol());
        }
        try {
            return new Examination(candidate, limit).abilities(target.protocol());
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

    private static SocketChannel connect(SocketAddress candidate, Duration limit) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(candidate, Math.toIntExact(limit.toMillis()));
            return channel;
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    private void greet(SocketChannel channel, Dialect dialect, Duration limit) throws IOException, NodeFailure {
        long end = System.nanoTime() + limit.toNanos();
        Exchange<String> version = dialect.version(peer);
        version.initialize();
        channel.write(version.getBuffer());
        InputStream in = channel.socket().getInputStream();
        byte[] chunk = new byte[512];
        while (!version.answer().isDone()) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException();
            }
            channel.socket().setSoTimeout(Math.toIntExact(left));
            int read = in.read(chunk);
            if (read < 0) {
                throw new IOException("end of stream");
            }
            version.readFromBuffer(ByteBuffer.wrap(chunk, 0, read));
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

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }
}
