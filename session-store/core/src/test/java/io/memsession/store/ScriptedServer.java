package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** A server that answers each line as its script says; an empty answer closes the connection. */
final class ScriptedServer implements AutoCloseable {
    private final LoopbackListener listener = LoopbackListener.started("scripted-server", this::serve);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Function<String, String> script;
    private final Duration betweenBytes;

    ScriptedServer(Function<String, String> script) {
        this(script, Duration.ZERO);
    }

    /** One that lets so much time pass between two bytes. */
    ScriptedServer(Function<String, String> script, Duration betweenBytes) {
        this.script = script;
        this.betweenBytes = betweenBytes;
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                asked.add(line);
                String answer = script.apply(line);
                if (answer.isEmpty()) {
                    return;
                }
                write(client.getOutputStream(), answer.getBytes(ISO_8859_1));
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private void write(OutputStream out, byte[] answer) throws IOException {
        if (betweenBytes.isZero()) {
            out.write(answer);
            return;
        }
        for (byte each : answer) {
            LockSupport.parkNanos(betweenBytes.toNanos());
            out.write(each);
        }
    }

    NodeAddress address(String id) {
        return new NodeAddress(id, "127.0.0.1", listener.port());
    }

    /** The lines that came. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        listener.close();
    }
}
