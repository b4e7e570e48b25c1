package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * The bytes that came back for bytes that no proper HTTP client would send.
 *
 * @param status the HTTP status
 * @param text everything, headers included
 */
record RawAnswer(int status, String text) {
    private static final int TEN_SECONDS = 10_000;

    /** Asks for a path with a Cookie header that is sent as it is. */
    static RawAnswer to(int port, String path, String cookie) {
        String request =
                "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: " + cookie + "\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(Ports.local(port), TEN_SECONDS);
            socket.setSoTimeout(TEN_SECONDS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new RawAnswer(Integer.parseInt(text.substring(9, 12)), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
