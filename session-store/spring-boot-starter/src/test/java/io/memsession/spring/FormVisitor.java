package io.memsession.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser that fills in forms: it keeps all cookies, sends the CSRF token with each form, and follows nothing. */
final class FormVisitor {
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(cookies).build();

    HttpResponse<String> get(Shop shop, String path) {
        return send(HttpRequest.newBuilder(uri(shop, path)).GET());
    }

    String body(Shop shop, String path) {
        return get(shop, path).body();
    }

    /** Sends the form with a token that a shop, maybe another one, gave out. */
    HttpResponse<String> post(Shop shop, Shop tokenFrom, String path, Map<String, String> fields) {
        String token = body(tokenFrom, "/csrf");
        String form = fields.entrySet().stream()
                        .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))
                + "&_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return postBody(shop, path, form);
    }

    HttpResponse<String> postBody(Shop shop, String path, String form) {
        return send(HttpRequest.newBuilder(uri(shop, path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    HttpResponse<String> login(Shop shop, String user, String... fields) {
        Map<String, String> form = fields.length == 0
                ? Map.of("username", user, "password", "secret")
                : Map.of("username", user, "password", "secret", fields[0], fields[1]);
        return post(shop, shop, "/login", form);
    }

    /** The value of the session cookie; empty without one. */
    String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("SESSION"))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }

    private static URI uri(Shop shop, String path) {
        return URI.create("http://localhost:" + shop.port() + path);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
