package io.memsession.store.line;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A connection to a server, over which one question after the other is asked, and its answer waited for. */
public final class OpenLine implements AutoCloseable {
    private final TimedChannel wire;
    private final ByteBuffer unread = ByteBuffer.allocate(4096).limit(0);
    private @Nullable TlsChannel tls;

    private OpenLine(SocketChannel channel) {
        this.wire = new TimedChannel(channel);
    }

    /** A connection over TCP. */
    public static OpenLine connected(SocketAddress server, Duration limit) throws IOException {
        OpenLine line = new OpenLine(SocketChannel.open());
        try {
            SocketChannel channel = line.wire.channel();
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.socket().connect(server, Math.toIntExact(limit.toMillis()));
            return line;
        } catch (IOException | RuntimeException e) {
            line.close();
            throw e;
        }
    }

    /** From now on TLS is spoken. */
    void speak(Tls how, String host, int port) throws IOException {
        TlsSession session = new TlsSession(wire, how.engine(host, port));
        tls = new TlsChannel(wire.channel(), session);
        session.shakeHands();
    }

    /** From now on what is read has to be there within that time. */
    public OpenLine within(Duration limit) {
        wire.within(limit);
        return this;
    }

    /** Says something to the server. */
    public void write(byte[] question) throws IOException {
        channel().write(ByteBuffer.wrap(question));
    }

    /** Says something to the server. */
    public void write(ByteBuffer question) throws IOException {
        channel().write(question);
    }

    /** Waits for bytes; returns how many there are, or -1 at the end. */
    public int read(byte[] into) throws IOException {
        return read(into, 0, into.length);
    }

    private int read(byte[] into, int offset, int length) throws IOException {
        if (!unread.hasRemaining() && fill() < 0) {
            return -1;
        }
        int read = Math.min(length, unread.remaining());
        unread.get(into, offset, read);
        return read;
    }

    private int fill() throws IOException {
        unread.clear();
        try {
            TlsChannel secured = tls;
            return secured == null ? wire.read(unread) : secured.read(unread);
        } finally {
            unread.flip();
        }
    }

    /** So many bytes. */
    public byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            int more = read(bytes, read, length - read);
            if (more < 0) {
                throw new EOFException("the connection was closed");
            }
            read += more;
        }
        return bytes;
    }

    /** A line of text without its end, which comes after so many bytes at most. */
    public String line(int longest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = exactly(1)[0]; next != '\n'; next = exactly(1)[0]) {
            if (bytes.size() == longest) {
                throw new ProtocolException("a line without end");
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** All that comes, each piece within that time. */
    public InputStream stream(Duration each) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return within(each).read(into, offset, length);
            }
        };
    }

    /** Never blocks any more, and is for {@link #channel} alone. */
    public void unblock() throws IOException {
        if (unread.hasRemaining()) {
            throw new ProtocolException("the server spoke without being asked");
        }
        channel().configureBlocking(false);
    }

    /** What questions are written to, and answers read from. */
    public SocketChannel channel() {
        TlsChannel secured = tls;
        return secured == null ? wire.channel() : secured;
    }

    /** What tells a selector when there is something to be read or written. */
    public SocketChannel selectable() {
        return wire.channel();
    }

    @Override
    public void close() {
        try {
            channel().close();
        } catch (IOException e) {
            // it is given up anyway
        }
    }
}
