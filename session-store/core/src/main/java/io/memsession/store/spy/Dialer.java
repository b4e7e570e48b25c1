package io.memsession.store.spy;

import io.memsession.store.NodeAddress;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * How a connection is made: the name is resolved, the socket connected, and the server asked for its version, all with
 * one deadline and before anything else is set up. So a server that refuses, hangs, or is no memcached costs a socket
 * for that time, and no thread.
 */
final class Dialer {
    private final NodeAddress address;
    private final Dialect dialect;
    private final Duration timeout;
    private final Peer peer;

    Dialer(NodeAddress address, Dialect dialect, Duration timeout) {
        this.address = address;
        this.dialect = dialect;
        this.timeout = timeout;
        this.peer = new Peer(address, 0);
    }

    /** A new connection; blocks for at most the timeout to connect, and as long for the greeting. */
    SpyConnection dial() throws NodeFailure {
        SocketChannel channel = connect();
        try {
            greet(channel);
            channel.configureBlocking(false);
            ConnectedChannel settings = new ConnectedChannel(channel, channel.getRemoteAddress(), timeout);
            return SpyConnection.over(address, dialect, settings);
        } catch (SocketTimeoutException e) {
            close(channel);
            throw peer.timedOut(timeout);
        } catch (IOException e) {
            close(channel);
            throw peer.unreachable("closed the connection before it said its version", e);
        } catch (NodeFailure | RuntimeException | Error e) {
            close(channel);
            throw e;
        }
    }

    /**
     * The first of the host's addresses that takes a connection: a name may have one that the server does not serve.
     */
    private SocketChannel connect() throws NodeFailure {
        IOException last = null;
        for (InetAddress candidate : resolve()) {
            try {
                return connect(new InetSocketAddress(candidate, address.port()));
            } catch (SocketTimeoutException e) {
                throw peer.timedOut(timeout);
            } catch (IOException e) {
                last = e;
            }
        }
        throw peer.unreachable("refused the connection", last);
    }

    private InetAddress[] resolve() throws NodeFailure {
        try {
            return InetAddress.getAllByName(address.host());
        } catch (UnknownHostException e) {
            throw peer.unreachable("is at an unknown host", e);
        }
    }

    private SocketChannel connect(SocketAddress candidate) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(candidate, Math.toIntExact(timeout.toMillis()));
            return channel;
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw e;
        }
    }

    private void greet(SocketChannel channel) throws IOException, NodeFailure {
        long end = System.nanoTime() + timeout.toNanos();
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
