package io.memsession.store;

import io.memsession.store.line.Line;
import io.memsession.store.line.Trust;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS in front of a memcached that speaks none, by a server whose certificate and handshakes the test decides on. */
public final class TlsFront implements AutoCloseable {
    private final CertificateAuthority authority = new CertificateAuthority();
    private final Path directory;
    private final MemcachedServer behind;
    private final LoopbackListener listener = LoopbackListener.started("tls-front", this::serve);
    private final Set<SSLSocket> clients = ConcurrentHashMap.newKeySet();
    private final SSLContext context;

    /** With a certificate to that host that is valid for so long, which may be over. */
    public TlsFront(Path directory, MemcachedServer behind, String host, Duration validity) {
        this.directory = directory;
        this.behind = behind;
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(
                    authority.issue(directory, host, validity).keyStore(), CertificateAuthority.PASSWORD.toCharArray());
            context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The line by which it can be used. */
    public Line line() {
        String trusted = authority.pem(directory).toString();
        return new Line(null, Trust.read("the-trust-store", trusted, null), SecuredServer.WORDING);
    }

    /** Its address under that node id and that name. */
    public NodeAddress address(String id, String host) {
        return new NodeAddress(id, host, listener.port());
    }

    private void serve(Socket client) {
        try (SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(client, null, true);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind.port())) {
            secured.setUseClientMode(false);
            secured.startHandshake();
            clients.add(secured);
            Thread back = new Thread(() -> copy(server, secured), "tls-front-back");
            back.setDaemon(true);
            back.start();
            copy(secured, server);
        } catch (IOException e) {
            // no handshake, or it is over
        }
    }

    private static void copy(Socket from, Socket to) {
        byte[] chunk = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                out.write(chunk, 0, read);
            }
        } catch (IOException e) {
            // one of both has gone
        }
    }

    /** Changes the keys of each connection, and wants the other side to do so too (TLS 1.3). */
    public void changeKeys() {
        for (SSLSocket client : clients) {
            try {
                client.startHandshake();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Ends each connection as TLS wants it. */
    public void hangUp() {
        for (SSLSocket client : clients) {
            try {
                client.close();
            } catch (SocketException e) {
                // it is over already
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        listener.close();
        hangUp();
    }
}
