package io.memsession.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A browser as far as cookies go: it keeps the last session cookie that it was given, and shows it everywhere. */
final class Visitor {
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable String cookie;

    /** The cookie as {@code SESSION=value}; null without one. */
    @Nullable
    String cookie() {
        return cookie;
    }

    void cookie(@Nullable String shown) {
        cookie = shown;
    }

    Visitor with(String shown) {
        cookie = shown;
        return this;
    }

    HttpResponse<String> get(Shop shop, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.port() + path))
                .timeout(Duration.ofSeconds(20));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            cookies(response).forEach(this::take);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    String body(Shop shop, String path) {
        return get(shop, path).body();
    }

    static List<String> cookies(HttpResponse<?> response) {
        return response.headers().allValues("Set-Cookie");
    }

    private void take(String header) {
        String pair = header.substring(0, header.indexOf(';'));
        cookie = pair.endsWith("=") ? null : pair;
    }
}
