package io.memsession.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtendWith;

/** Values that nginx reads from the pair by itself. */
@ExtendWith(LogsOnFailure.class)
class PicturesIT {
    private static final Pattern SHOWN = Pattern.compile("src=\"(/pictures/[0-9a-f]{32}\\.png)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Cluster cluster;
    private Browser user;

    private void start(Host host) {
        cluster = Clusters.whole(host);
        user = new Browser(host);
        assertThat(user.get(url(), "/api/session").status()).isEqualTo(200);
    }

    private String url() {
        return cluster.nginx().url();
    }

    private HttpResponse<byte[]> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, body)
                .header("Cookie", cluster.host().cookie() + "=" + user.session());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    /** Every byte there is, and what would end an answer of memcached's text protocol. */
    private static byte[] png() {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n'});
        png.writeBytes("\r\nEND\r\nVALUE x 0 1\r\n".getBytes(ISO_8859_1));
        for (int i = 0; i < 40_000; i++) {
            png.write(i);
        }
        return png.toByteArray();
    }

    private int upload(byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        String head = "--b\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"me.png\"\r\n\r\n";
        form.writeBytes(head.getBytes(ISO_8859_1));
        form.writeBytes(file);
        form.writeBytes("\r\n--b--\r\n".getBytes(ISO_8859_1));
        return send(
                        "POST",
                        "/picture",
                        BodyPublishers.ofByteArray(form.toByteArray()),
                        "Content-Type",
                        "multipart/form-data; boundary=b")
                .statusCode();
    }

    /** The path of a picture that both memcacheds have: the shop may have to find the way back to one first. */
    private String uploaded() {
        return await().atMost(Duration.ofSeconds(20))
                .until(this::upload, path -> cluster.memcacheds().stream().allMatch(node -> has(node, path)));
    }

    private String upload() {
        assertThat(upload(png())).isEqualTo(303);
        Matcher shown = SHOWN.matcher(user.get(url(), "/").body());
        assertThat(shown.find()).isTrue();
        return shown.group(1);
    }

    private void assertShows(String path) {
        HttpResponse<byte[]> answer = get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(answer.body()).isEqualTo(png());
    }

    /** nginx takes turns: the memcached that lacks it is asked too. */
    private void assertShowsInTurns(String path) {
        for (int i = 0; i < 4; i++) {
            assertShows(path);
        }
    }

    private static boolean has(MemcachedProcess node, String path) {
        return node.keys().contains("picture:" + path.substring("/pictures/".length()));
    }

    @OnOneHost
    void nginxServesAPictureWithoutTheShopAsLongAsOneMemcachedHasIt(Host host) {
        start(host);
        String path = uploaded();
        cluster.servers().forEach(ServerProcess::kill9);
        assertShows(path);
        HttpResponse<byte[]> head = send("HEAD", path, BodyPublishers.noBody());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(png().length);
        MemcachedProcess first = cluster.memcacheds().get(0);
        first.kill9();
        assertShowsInTurns(path);
        first.start();
        first.awaitUp(); // and is empty
        assertShowsInTurns(path);
        cluster.servers().forEach(ServerProcess::restart);
    }

    @OnOneHost
    void theShopFillsMemcachedsThatCameBackEmpty(Host host) {
        start(host);
        String path = uploaded();
        for (MemcachedProcess node : cluster.memcacheds()) {
            node.kill9();
            node.start();
            node.awaitUp();
            await().atMost(Duration.ofMinutes(1)).until(cluster::isRepaired);
        }
        assertThat(cluster.memcacheds()).noneMatch(node -> has(node, path));
        assertShows(path); // the session has it, which both memcacheds got back from each other
        await().atMost(Duration.ofSeconds(10)).until(() -> {
            assertShows(path);
            return cluster.memcacheds().stream().anyMatch(node -> has(node, path));
        });
    }

    @OnOneHost
    void onlyPicturesCanBeReadAndOnlyRead(Host host) {
        start(host);
        String path = uploaded();
        for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH"}) {
            assertThat(send(method, path, BodyPublishers.ofString("x")).statusCode())
                    .as(method)
                    .isEqualTo(403);
        }
        assertShows(path);
        String key = cluster.memcacheds().get(0).keys().stream()
                .filter(each -> each.endsWith(":" + Browser.plain(String.valueOf(user.session()))))
                .findFirst()
                .orElse("localhost:/:" + user.session());
        for (String other : new String[] {
            "/pictures/" + key,
            "/pictures/" + Browser.query(key),
            "/pictures/" + Browser.plain(String.valueOf(user.session())),
            "/pictures/..%2f" + Browser.query(key),
            "/pictures/00000000000000000000000000000000.png%0d%0aget%20" + Browser.query(key),
            "/pictures/00000000000000000000000000000000.png"
        }) {
            assertThat(get(other).statusCode()).as(other).isBetween(400, 404);
        }
    }

    @OnOneHost
    void phpReadsTheSameValues(Host host) throws IOException, InterruptedException {
        boolean there = new String(php("-m").getInputStream().readAllBytes(), ISO_8859_1).contains("memcache");
        if (!there) {
            System.out.println("SKIPPED: php with its memcache extension is not installed (php-cli, php-memcache)");
        }
        assumeTrue(there, "php with its memcache extension is not installed");
        start(host);
        String path = uploaded();
        String name = path.substring("/pictures/".length());
        assertThat(phpReads(name)).isEqualTo(png());
        MemcachedProcess first = cluster.memcacheds().get(0);
        first.kill9();
        assertThat(phpReads(name)).isEqualTo(png());
        first.start();
        first.awaitUp();
        assertThat(has(first, path)).isFalse();
        assertThat(phpReads(name)).isEqualTo(png());
        assertThat(phpReads("0".repeat(32) + ".png")).isEmpty();
        assertThat(phpReads(String.valueOf(user.session()))).isEmpty();
    }

    private static Process php(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("php"));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            return new ProcessBuilder("true").start(); // there is no php
        }
    }

    private byte[] phpReads(String name) throws IOException, InterruptedException {
        ProcessBuilder php = new ProcessBuilder(
                "php", Layout.ofThisRun().file("deploy/php/picture.php").toString(), name);
        php.environment()
                .put(
                        "PICTURE_NODES",
                        cluster.memcacheds().stream()
                                .map(node -> "127.0.0.1:" + node.port())
                                .collect(Collectors.joining(",")));
        Process process = php.start();
        byte[] read = process.getInputStream().readAllBytes();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return read;
    }

    @OnOneHost
    void whatIsNoPictureIsRefused(Host host) {
        start(host);
        assertThat(upload("<html>".getBytes(ISO_8859_1))).isEqualTo(400);
        byte[] large = new byte[201_000];
        System.arraycopy(png(), 0, large, 0, 100);
        assertThat(upload(large)).isEqualTo(413);
        assertThat(upload(new byte[600_000])).isEqualTo(413);
        assertThat(send("POST", "/picture", BodyPublishers.ofString("a=b")).statusCode())
                .isEqualTo(400);
    }
}
