package io.memsession.store.line;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * TLS over a connected channel, from the handshake, for which the channel blocks, to the end.
 *
 * <p>A write counts bytes as written only when all of the record that they went into is with the socket. Whoever has
 * bytes left waits for the socket to take more; whoever has none does not, and a rest of a record would stay here.
 *
 * <p>What TLS has to say in between is dealt with: tickets for later sessions, and new keys. A whole new handshake,
 * which only TLS 1.2 knows, is not, as no memcached wants one.
 */
final class TlsSession {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final TimedChannel wire;
    private final SSLEngine engine;
    private ByteBuffer received; // what came, not opened yet; to be read from
    private ByteBuffer opened; // what was in it; to be read from
    private ByteBuffer sealed; // what the socket has not taken yet; to be read from
    private int promised; // how many bytes of the caller's are in it
    private boolean established;
    private boolean ended;

    TlsSession(TimedChannel wire, SSLEngine engine) {
        this.wire = wire;
        this.engine = engine;
        received = empty(engine.getSession().getPacketBufferSize());
        opened = empty(engine.getSession().getApplicationBufferSize());
        sealed = empty(engine.getSession().getPacketBufferSize());
    }

    private static ByteBuffer empty(int capacity) {
        return ByteBuffer.allocate(capacity).limit(0);
    }

    /** Agrees with the server on keys, and finds out that it is the one that was meant. */
    synchronized void shakeHands() throws IOException {
        engine.beginHandshake();
        while (!established) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP -> {
                    seal(NOTHING);
                    flush();
                }
                case NEED_TASK -> runTasks();
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    if (!open() && receive() < 0) {
                        throw new EOFException("the connection was closed in the handshake of TLS");
                    }
                }
                case FINISHED, NOT_HANDSHAKING -> established = true;
            }
        }
    }

    /** Reads what there is; 0 if nothing is there yet, -1 at the end. */
    synchronized int read(ByteBuffer into) throws IOException {
        while (into.hasRemaining() && !opened.hasRemaining() && !ended) {
            if (!open()) {
                int read = receive();
                if (read <= 0) {
                    return read;
                }
            }
        }
        if (into.hasRemaining() && !opened.hasRemaining()) {
            return -1;
        }
        int length = Math.min(into.remaining(), opened.remaining());
        into.put(opened.slice(opened.position(), length));
        opened.position(opened.position() + length);
        return length;
    }

    /** Writes as much as the socket takes in whole records. Who is not rid of all comes again with the same bytes. */
    synchronized int write(ByteBuffer from) throws IOException {
        int written = 0;
        while (flush()) {
            from.position(from.position() + promised);
            written += promised;
            promised = 0;
            if (!from.hasRemaining()) {
                break;
            }
            if (engine.isOutboundDone()) {
                throw new ClosedChannelException();
            }
            promised = seal(from.duplicate()).bytesConsumed();
        }
        return written;
    }

    /** Tells the server that nothing more comes, if it takes that at once. */
    synchronized void hangUp() {
        engine.closeOutbound();
        try {
            if (flush() && promised == 0) {
                seal(NOTHING);
                flush();
            }
        } catch (IOException e) {
            // then it learns of it by the end of the connection
        }
    }

    /** Opens a record; false if it is not there as a whole. */
    private boolean open() throws IOException {
        opened.clear();
        SSLEngineResult result;
        try {
            result = engine.unwrap(received, opened);
        } finally {
            opened.flip();
        }
        switch (result.getStatus()) {
            case BUFFER_UNDERFLOW -> {
                return false;
            }
            case BUFFER_OVERFLOW -> opened = empty(2 * opened.capacity());
            case CLOSED -> ended = true;
            case OK -> goOn(result);
        }
        return true;
    }

    private void goOn(SSLEngineResult result) throws IOException {
        HandshakeStatus status = result.getHandshakeStatus();
        boolean talks = status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
        if (!established || !talks) {
            return;
        }
        if (!engine.getSession().getProtocol().equals("TLSv1.3")
                || result.bytesConsumed() + result.bytesProduced() == 0) {
            throw new SSLException("another handshake is wanted in the middle of the session");
        }
        if (status == HandshakeStatus.NEED_TASK) {
            runTasks();
        } else if (status == HandshakeStatus.NEED_WRAP && flush() && promised == 0) {
            seal(NOTHING);
            flush();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Takes what has come from the socket; as much as there is, or as fits. */
    private int receive() throws IOException {
        if (received.remaining() == received.capacity()) {
            received = ByteBuffer.allocate(2 * received.capacity()).put(received);
        } else {
            received.compact();
        }
        try {
            return wire.read(received);
        } finally {
            received.flip();
        }
    }

    private SSLEngineResult seal(ByteBuffer from) throws IOException {
        sealed.clear();
        SSLEngineResult result = engine.wrap(from, sealed);
        while (result.getStatus() == Status.BUFFER_OVERFLOW) {
            sealed = ByteBuffer.allocate(2 * sealed.capacity());
            result = engine.wrap(from, sealed);
        }
        sealed.flip();
        return result;
    }

    /** Whether the socket has taken all that is sealed. */
    private boolean flush() throws IOException {
        if (sealed.hasRemaining()) {
            wire.write(sealed);
        }
        return !sealed.hasRemaining();
    }
}
