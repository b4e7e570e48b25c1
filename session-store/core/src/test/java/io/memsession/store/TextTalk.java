package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Questions to a server in memcached's text protocol, as another program would ask them. */
record TextTalk(String host, int port) {
    private static final int MILLIS = 2000;

    /** The lines of the answer, up to its end. */
    List<String> ask(String command) {
        try (Socket socket = connected(host, port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null && !line.equals("END"); line = reader.readLine()) {
                lines.add(line);
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a text under a key. */
    void put(String key, String text) {
        byte[] value = text.getBytes(US_ASCII);
        try (Socket socket = connected(host, port)) {
            socket.getOutputStream().write(("set " + key + " 0 0 " + value.length + "\r\n").getBytes(US_ASCII));
            socket.getOutputStream().write(value);
            socket.getOutputStream().write("\r\n".getBytes(US_ASCII));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII)).readLine();
            if (!"STORED".equals(answer)) {
                throw new IllegalStateException("not kept: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether anybody takes connections there. */
    static boolean listens(String host, int port) {
        try (Socket socket = connected(host, port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static Socket connected(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), MILLIS);
            socket.setSoTimeout(MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
