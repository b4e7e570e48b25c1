package io.memsession.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One user: sends what cookies were given, follows nothing, remembers every session id. For one thread at a time. */
public final class Browser {
    private static final HttpClient CLIENT = client();

    private final String sessionCookie;
    private final Map<String, String> cookies = new TreeMap<>();
    private final Set<String> plainIds = new LinkedHashSet<>();

    /**
     * Connections are kept for a shorter time than any server keeps them: a POST on one that the server has just closed
     * would fail, as only the user may repeat it.
     */
    private static HttpClient client() {
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    /** A user without cookies, at servers of that kind. */
    public Browser(Host host) {
        this(host.cookie());
    }

    private Browser(String sessionCookie) {
        this.sessionCookie = sessionCookie;
    }

    /** The same user in another window: has the cookies, sends for itself. */
    public Browser copy() {
        Browser copy = new Browser(sessionCookie);
        copy.cookies.putAll(cookies);
        return copy;
    }

    /** Asks for a page. */
    public Answer get(String base, String path) {
        return send("GET", base, path);
    }

    /** Posts, with all there is to say in the query. */
    public Answer post(String base, String path) {
        return send("POST", base, path);
    }

    /** Sends a request without a body. */
    public Answer send(String method, String base, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(30));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("set-cookie").forEach(this::keep);
            return Answer.of(response);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void keep(String setCookie) {
        String[] parts = setCookie.split(";");
        int equals = parts[0].indexOf('=');
        String name = parts[0].substring(0, equals).strip();
        String value = parts[0].substring(equals + 1).strip();
        boolean ends = setCookie.toLowerCase(Locale.ROOT).contains("max-age=0");
        if (ends || value.isEmpty()) {
            cookies.remove(name);
        } else {
            cookies.put(name, value);
            if (name.equals(sessionCookie)) {
                plainIds.add(plain(value));
            }
        }
    }

    /** The session cookie's value, if there is one. */
    public @Nullable String session() {
        return cookies.get(sessionCookie);
    }

    /** Sends this as the session cookie from now on. */
    public void useSession(String value) {
        cookies.put(sessionCookie, value);
    }

    /** Every plain id that this user's session cookie had so far. */
    public Set<String> plainIds() {
        return Set.copyOf(plainIds);
    }

    /** The id without its node and route: {@code A1-n1.r1} is {@code A1}. */
    static String plain(String id) {
        return id.replaceFirst("(-n\\d+)?(\\.\\w+)?$", "");
    }

    /** The text as it stands in a query. */
    public static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
