package io.memsession.e2e;

import com.sun.net.httpserver.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whom the {@link Panel} obeys: its own page in a browser of this machine, and no other page that happens to be open
 * there. A page from elsewhere can send requests to a loopback port, but not with this one's name as their
 * {@code Origin}; one whose name was made to resolve to 127.0.0.1 sends another {@code Host}; and neither can read the
 * token that the panel's page was given.
 */
final class PanelGuard {
    /** What an order brings the token in. No page can send it elsewhere unasked. */
    static final String HEADER = "X-Panel-Token";

    private static final String PLACE_OF_TOKEN = "{token}";

    private final List<String> hosts;
    private final String frames;
    private final String token;

    /**
     * A guard with a token of its own.
     *
     * @param port the panel's
     * @param shop the port of the shop, whose page may show the panel within itself
     */
    PanelGuard(int port, int shop) {
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        this.frames = "http://127.0.0.1:" + shop + " http://localhost:" + shop;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.token = HexFormat.of().formatHex(random);
    }

    /** Why the request is not obeyed; empty if it is. */
    Optional<String> refusal(String method, Headers headers) {
        String host = first(headers, "Host");
        if (!hosts.contains(host)) {
            return Optional.of("the panel is asked under the address that the demo prints, and no other");
        }
        if (method.equals("GET")) {
            return Optional.empty();
        }
        boolean own = first(headers, "Origin").equals("http://" + host);
        boolean known = MessageDigest.isEqual(
                token.getBytes(StandardCharsets.US_ASCII),
                first(headers, HEADER).getBytes(StandardCharsets.US_ASCII));
        return own && known ? Optional.empty() : Optional.of("orders are taken from the panel's own page alone");
    }

    private static String first(Headers headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? values.get(0) : "";
    }

    /** The page with the token in its place. */
    String admit(String page) {
        return page.replace(PLACE_OF_TOKEN, token);
    }

    /** What every answer says. */
    Map<String, String> headers() {
        return Map.of(
                "Cache-Control", "no-store",
                "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none';"
                                + " form-action 'none'; frame-ancestors " + frames,
                "Cross-Origin-Resource-Policy", "same-origin",
                "Referrer-Policy", "no-referrer",
                "X-Content-Type-Options", "nosniff");
    }
}
