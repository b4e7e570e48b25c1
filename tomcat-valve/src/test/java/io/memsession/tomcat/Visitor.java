package io.memsession.tomcat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A browser: it keeps the cookies that any server gives it, and sends them to all. */
final class Visitor {
    private final Map<String, String> cookies = new TreeMap<>();
    private final HttpClient client;

    Visitor() {
        this(HttpClient.newHttpClient());
    }

    /** One that speaks through that client, which may know certificates. */
    Visitor(HttpClient client) {
        this.client = client;
    }

    /** What it was given, by name; may be changed. */
    Map<String, String> cookies() {
        return cookies;
    }

    String get(AppServer server, String path) throws IOException, InterruptedException {
        return send(server, path, HttpRequest.newBuilder()).body();
    }

    HttpResponse<String> send(AppServer server, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return send("http://127.0.0.1:" + server.port() + path, request);
    }

    HttpResponse<String> send(String uri, HttpRequest.Builder request) throws IOException, InterruptedException {
        request.uri(URI.create(uri));
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        for (String set : response.headers().allValues("Set-Cookie")) {
            String[] pair = set.substring(0, set.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }

    /** Fills in the form of a login page. */
    HttpResponse<String> login(AppServer server) throws IOException, InterruptedException {
        return send(
                server,
                "/j_security_check",
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("j_username=ann&j_password=secret")));
    }
}
