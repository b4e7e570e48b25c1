package io.memsession.store.line;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Set;

/**
 * A connected channel whose bytes go through TLS. No selector knows it: who wants to be told when it can be read or
 * written asks for that of the channel beneath.
 */
final class TlsChannel extends SocketChannel {
    private final SocketChannel beneath;
    private final TlsSession session;

    TlsChannel(SocketChannel beneath, TlsSession session) {
        super(beneath.provider());
        this.beneath = beneath;
        this.session = session;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return session.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return session.write(from);
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            if (into[i].hasRemaining()) {
                return read(into[i]);
            }
        }
        return 0;
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length && (i == offset || !from[i - 1].hasRemaining()); i++) {
            written += write(from[i]);
        }
        return written;
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        session.hangUp();
        beneath.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        beneath.configureBlocking(block);
    }

    @Override
    public SocketChannel bind(SocketAddress local) throws IOException {
        beneath.bind(local);
        return this;
    }

    @Override
    public <T> SocketChannel setOption(SocketOption<T> name, T value) throws IOException {
        beneath.setOption(name, value);
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return beneath.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return beneath.supportedOptions();
    }

    @Override
    public SocketChannel shutdownInput() throws IOException {
        beneath.shutdownInput();
        return this;
    }

    @Override
    public SocketChannel shutdownOutput() throws IOException {
        beneath.shutdownOutput();
        return this;
    }

    @Override
    public Socket socket() {
        return beneath.socket();
    }

    @Override
    public boolean isConnected() {
        return beneath.isConnected();
    }

    @Override
    public boolean isConnectionPending() {
        return beneath.isConnectionPending();
    }

    @Override
    public boolean connect(SocketAddress remote) throws IOException {
        return beneath.connect(remote);
    }

    @Override
    public boolean finishConnect() throws IOException {
        return beneath.finishConnect();
    }

    @Override
    public SocketAddress getRemoteAddress() throws IOException {
        return beneath.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return beneath.getLocalAddress();
    }
}
