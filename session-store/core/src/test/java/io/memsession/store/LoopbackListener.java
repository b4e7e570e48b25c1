package io.memsession.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** A port of 127.0.0.1 on which every client is served by a thread of its own. */
final class LoopbackListener implements AutoCloseable {
    private final ServerSocket listening;
    private final String name;
    private final Consumer<Socket> serving;

    private LoopbackListener(String name, Consumer<Socket> serving) {
        this.name = name;
        this.serving = serving;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One that listens from now on.
     *
     * @param name its threads' name
     */
    static LoopbackListener started(String name, Consumer<Socket> serving) {
        LoopbackListener listener = new LoopbackListener(name, serving);
        listener.daemon(listener::accept);
        return listener;
    }

    private void daemon(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                daemon(() -> serving.accept(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
