package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogsOnFailure.class)
class BadInputIT {
    private static final String PLAIN = "0123456789ABCDEF0123456789ABCDEF";
    private static final List<String> IDS = List.of(
            PLAIN,
            PLAIN + "-n1",
            PLAIN + "-n9",
            PLAIN + "-n1.worker1",
            PLAIN + "-" + "n".repeat(200),
            "A".repeat(6 * 1024),
            "A".repeat(251),
            "-n1",
            "..",
            "%0d%0aget%20x",
            PLAIN + "%0d%0a-n1",
            "%00",
            "memsession:stamp",
            "memsession:mark:n1",
            "localhost::" + PLAIN,
            "a:b:c-n1",
            "../../etc/passwd",
            "<script>-n1",
            "${jndi:ldap://x}");
    private static final List<String> WITH_CONTROL_CHARACTERS =
            List.of(PLAIN + "\u0001", "\u0000", "\t-n1", "a\u007fb", "a\rb", "a\u0085b", "ß-n1", "a b");

    private Host host;
    private Cluster cluster;
    private AppServer server;
    private int logBefore;

    private void start(Host host) {
        this.host = host;
        cluster = Clusters.whole(host);
        server = cluster.servers().get(0);
        logBefore = server.printed().length();
    }

    /**
     * The most reads at one node; of several tries the first with no more than one, else the last, as the engine's
     * looks after its nodes may fall into some of them.
     */
    private long readsOf(Runnable question) {
        long reads = 0;
        for (int attempt = 0; attempt < 20 && (attempt == 0 || reads > 1); attempt++) {
            List<Long> before = reads();
            question.run();
            List<Long> after = reads();
            reads = Math.max(after.get(0) - before.get(0), after.get(1) - before.get(1));
        }
        return reads;
    }

    @OnEveryHost
    void answersAnIdThatIsNoneAsNoSession(Host host) {
        start(host);
        assertThat(asCookies(IDS)).allSatisfy(cookie -> {
            assertThat(readsOf(() -> {
                        RawAnswer answer = ask(cookie, "/api/session?create=false");

                        assertThat(answer.status()).as(answer.text()).isEqualTo(404);
                        assertThat(answer.text()).contains("\"session\":null");
                    }))
                    .as("reads at one node")
                    .isLessThanOrEqualTo(1);
        });
        assertThatTheLogIsQuiet();
    }

    @OnEveryHost
    void givesASessionOfItsOwnToWhoComesWithAnIdThatIsNone(Host host) {
        start(host);
        assertThat(asCookies(IDS)).allSatisfy(cookie -> {
            RawAnswer answer = ask(cookie, "/api/session");

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).contains("\"new\":true").contains("Set-Cookie: " + host.cookie() + "=");
            assertThat(answer.text()).doesNotContain("Set-Cookie: " + host.cookie() + "=" + cookie + ";");
        });
        assertThatTheLogIsQuiet();
    }

    @OnEveryHost
    void answersControlCharactersAsNoSessionOrNotAtAll(Host host) {
        start(host);
        assertThat(asCookies(WITH_CONTROL_CHARACTERS)).allSatisfy(cookie -> {
            RawAnswer answer = ask(cookie, "/api/session?create=false");

            // 400 is the connector's own answer to a header that is none
            assertThat(answer.status()).as(answer.text()).isIn(400, 404);
            assertThat(answer.text()).doesNotContain("\"id\"");
        });
        // the connector tells of the first such header on its own
        assertThat(logged()).doesNotContain("io.memsession", "SEVERE", "ERROR");
    }

    @OnEveryHost
    void answersParametersThatMakeNoSenseWithARefusal(Host host) {
        start(host);
        Browser user = new Browser(host);
        String url = server.url();

        assertThat(List.of(
                        user.post(url, "/api/cart?sku=none&quantity=1"),
                        user.post(url, "/api/cart?sku=tea&quantity=-1"),
                        user.post(url, "/api/cart?sku=tea&quantity=1e9"),
                        user.post(url, "/api/cart"),
                        user.send("DELETE", url, "/api/cart"),
                        user.post(url, "/api/attributes/note"),
                        user.post(url, "/api/attributes/shop.cart?value=x"),
                        user.get(url, "/api/attributes/%3Cb%3E?create=x"),
                        user.post(url, "/api/timeout?seconds=soon"),
                        user.post(url, "/api/login?user=%0d%0a")))
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(400));
        assertThat(user.get(url, "/api/elsewhere").status()).isEqualTo(404);
        assertThat(RawAnswer.to(server.port(), "/api/session?create=%zz", "a=b").status())
                .isIn(200, 400);
        assertThatTheLogIsQuiet();
    }

    /** As they are, and for Boot also as Spring Session writes ids into cookies: in Base64. */
    private List<String> asCookies(List<String> ids) {
        Stream<String> encoded = host == Host.BOOT
                ? ids.stream()
                        .filter(id -> id.length() < 4 * 1024)
                        .map(id -> Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)))
                : Stream.empty();
        return Stream.concat(ids.stream(), encoded).toList();
    }

    private RawAnswer ask(String cookie, String path) {
        return RawAnswer.to(server.port(), path, host.cookie() + "=" + cookie);
    }

    private List<Long> reads() {
        return cluster.nodes().stream().map(node -> node.stat("cmd_get")).toList();
    }

    private void assertThatTheLogIsQuiet() {
        assertThat(logged()).doesNotContain("Exception", "SEVERE", "ERROR", "\tat ");
    }

    private String logged() {
        return server.printed().substring(logBefore);
    }
}
