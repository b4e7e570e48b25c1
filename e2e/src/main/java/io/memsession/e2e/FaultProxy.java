package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way from one app server to one memcached, with faults that the memcached itself knows nothing of. It passes
 * everything on until it is told otherwise.
 */
public final class FaultProxy implements AutoCloseable {
    private static final int ONE_SECOND = 1000;

    private final ServerSocket listener;
    private final int target;
    private final Set<ProxiedConnection> open = ConcurrentHashMap.newKeySet();
    private Mode mode = Mode.PASS;

    /** What becomes of what is sent. */
    public enum Mode {
        /** It arrives. */
        PASS,
        /** The connections that there are end with RST, and so does every new one. */
        CUT,
        /** Connections are accepted and kept, and nothing arrives: neither questions nor answers, until later. */
        SILENT,
        /** Every question is answered by an error of the server, and does not reach it. */
        ERRORS
    }

    /** A way to 127.0.0.1:{@code target}, open from now on. */
    public FaultProxy(int port, int target) {
        this.target = target;
        try {
            listener = new ServerSocket();
            listener.bind(Ports.local(port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "proxy " + port);
    }

    static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Changes what becomes of what is sent from now on, and of what is under way. */
    public synchronized void mode(Mode changed) {
        mode = changed;
        if (changed == Mode.CUT) {
            open.forEach(ProxiedConnection::reset);
        }
        notifyAll();
    }

    synchronized Mode mode() {
        return mode;
    }

    /** Waits as long as nothing may arrive; returns what then becomes of it. */
    synchronized Mode pass() throws InterruptedException {
        while (mode == Mode.SILENT) {
            wait();
        }
        return mode;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                daemon(() -> connect(client), "proxy " + port() + " connects");
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket server = new Socket();
        try {
            server.connect(Ports.local(target), ONE_SECOND);
            ProxiedConnection connection = new ProxiedConnection(this, client, server);
            open.add(connection);
            if (mode() == Mode.CUT) {
                connection.reset();
            }
            connection.start();
        } catch (IOException e) {
            ProxiedConnection.reset(client); // as if nobody listened
            ProxiedConnection.reset(server);
        }
    }

    void ended(ProxiedConnection connection) {
        open.remove(connection);
    }

    /** Ends all connections; nobody listens any more. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        mode(Mode.CUT);
    }
}
