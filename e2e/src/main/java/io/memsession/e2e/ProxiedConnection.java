package io.memsession.e2e;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;

/** One connection through a {@link FaultProxy}: questions go through one by one, answers as they come. */
final class ProxiedConnection {
    private static final long NANOS_FOR_ANSWERS_UNDER_WAY = TimeUnit.MILLISECONDS.toNanos(20);

    private final FaultProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile long lastPassed = System.nanoTime();

    ProxiedConnection(FaultProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        FaultProxy.daemon(() -> run(this::questions), "questions " + proxy.port());
        FaultProxy.daemon(() -> run(this::answers), "answers " + proxy.port());
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }

    /** What ends the one way ends the other. */
    private void run(Pump pump) {
        try {
            pump.run();
        } catch (IOException e) {
            // one side is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reset();
        }
    }

    private void questions() throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = server.getOutputStream();
        while (true) {
            Question question = Question.read(in);
            switch (proxy.pass()) {
                case ERRORS -> refuse(question);
                case CUT -> throw new EOFException("cut");
                default -> {
                    lastPassed = System.nanoTime();
                    question.writeTo(out);
                }
            }
        }
    }

    /** Answers to what was passed on before come first. */
    private void refuse(Question question) throws IOException, InterruptedException {
        long rest = NANOS_FOR_ANSWERS_UNDER_WAY - (System.nanoTime() - lastPassed);
        if (rest > 0) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
        write(question.error());
    }

    private void answers() throws IOException, InterruptedException {
        InputStream in = server.getInputStream();
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            if (proxy.pass() == FaultProxy.Mode.CUT) {
                return;
            }
            byte[] answer = new byte[read];
            System.arraycopy(buffer, 0, answer, 0, read);
            write(answer);
        }
    }

    private synchronized void write(byte[] bytes) throws IOException {
        client.getOutputStream().write(bytes);
    }

    void reset() {
        reset(client);
        reset(server);
        proxy.ended(this);
    }

    /** Ends a connection with RST. */
    static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // closed already
        }
    }
}
