package io.memsession.store;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.result;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.line.Credentials;
import io.memsession.store.line.Line;
import io.memsession.store.line.OpenLine;
import io.memsession.store.line.Patience;
import io.memsession.store.line.Trust;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines that are secured, and what is said where server and app server are not set alike. */
@Tag("servers")
class LineTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String WRONG = "wrong-password";

    @TempDir
    private Path directory;

    private final List<MemcachedNode> nodes = new ArrayList<>();

    @AfterEach
    void close() {
        nodes.forEach(MemcachedNode::close);
    }

    private MemcachedNode node(Line line, NodeAddress address) {
        return node(line, address, TIMEOUT);
    }

    private MemcachedNode node(Line line, NodeAddress address, Duration timeout) {
        Credentials credentials = line.credentials();
        boolean text = credentials != null && credentials.way() == Credentials.Way.TEXT;
        MemcachedNode node = new SpyNodes(
                        text ? Protocol.TEXT : Protocol.BINARY, timeout, 1_000_000, InstantSource.system(), line)
                .node(address);
        nodes.add(node);
        return node;
    }

    private static Line tls(String trusted) {
        return new Line(null, Trust.read("the-trust-store", trusted, null), SecuredServer.WORDING);
    }

    private static void assertDenied(NodeFailure failure, String... says) {
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(NodeFailure.Kind.DENIED);
        assertThat(failure)
                .hasMessageContaining("node n1")
                .message()
                .contains(says)
                .doesNotContain(WRONG, "\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"SASL", "LOGIN"})
    void aWrongPasswordIsSaidToBeOneWithItsSettingAndIsNotShown(Wants way) {
        try (SecuredServer server = SecuredServer.started(way)) {
            MemcachedNode node = node(server.line(WRONG), server.process().address("n1"));

            assertDenied(
                    failure(node.probe()), "refuses the credentials of user \"shop\"", "the-name and the-password");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoAsksNobodyForCredentialsGetsNone(Credentials.Way way) {
        try (MemcachedServer server = MemcachedServer.started()) {
            Credentials credentials = new Credentials("shop", WRONG, way);
            MemcachedNode node = node(new Line(credentials, null, SecuredServer.WORDING), server.address("n1"));

            assertDenied(failure(node.probe()), "asks nobody for credentials", "leave out the-name and the-password");
            assertThat(server.content()).isEmpty();
        }
    }

    @Test
    void whoWantsCredentialsAndIsToldNoneIsUnderstood() {
        try (SecuredServer sasl = SecuredServer.started(Wants.SASL);
                SecuredServer login = SecuredServer.started(Wants.LOGIN)) {
            MemcachedNode binary = node(Line.PLAIN, sasl.process().address("n1"));
            result(binary.probe()); // the version is told to anybody
            assertDenied(failure(binary.get("k")), "set username and password");

            try (MemcachedNode text = new SpyNodes(Protocol.TEXT, TIMEOUT, 1000, InstantSource.system())
                    .node(login.process().address("n1"))) {
                assertDenied(failure(text.probe()), "set username and password");
            }
        }
    }

    @Test
    void aServerThatSpeaksTlsOnlyIsUnderstoodByWhoDoesNot() {
        try (SecuredServer server = SecuredServer.started(Wants.TLS)) {
            Line plain = new Line(null, null, SecuredServer.WORDING);

            assertDenied(
                    failure(node(plain, server.process().address("n1")).probe()),
                    "speaks TLS only; switch it on: the-switch");
        }
    }

    @Test
    void aServerThatSpeaksNoTlsIsUnderstoodByWhoWantsIt() {
        try (MemcachedServer server = MemcachedServer.started()) {
            Line line = tls(new CertificateAuthority().pem(directory).toString());

            assertDenied(
                    failure(node(line, server.address("n1"), Duration.ofMillis(700))
                            .probe()),
                    "speaks no TLS; start it with -Z, or switch it off: the-switch");
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsNamed() {
        try (SecuredServer server = SecuredServer.started(Wants.TLS)) {
            Line line = tls(new CertificateAuthority().pem(directory).toString());

            assertDenied(failure(node(line, server.process().address("n1")).probe()), "not trusted", "the-trust-store");
        }
    }

    @Test
    void aCertificateThatHasExpiredIsNamed() {
        try (MemcachedServer behind = MemcachedServer.started();
                TlsFront front = new TlsFront(directory, behind, "localhost", Duration.ofHours(-1))) {
            assertDenied(
                    failure(node(front.line(), front.address("n1", "127.0.0.1")).probe()), "not valid now", "renew it");
        }
    }

    @Test
    void aCertificateForAnotherHostIsNamed() {
        try (MemcachedServer behind = MemcachedServer.started();
                TlsFront front = new TlsFront(directory, behind, "shop.example", Duration.ofDays(1))) {
            assertDenied(
                    failure(node(front.line(), front.address("n1", "localhost")).probe()),
                    "another host than localhost");
        }
    }

    @Test
    void aHungHandshakeCostsNoMoreThanTheTimeToConnect() {
        Duration timeout = Duration.ofMillis(600);
        try (SecuredServer server = SecuredServer.started(Wants.TLS, Wants.SASL)) {
            result(node(server.line(), server.process().address("n1")).probe());
            MemcachedNode node = node(server.line(), server.process().address("n1"), timeout);
            server.process().freeze();
            long start = System.nanoTime();

            assertThat(failure(node.probe()).kind()).isEqualTo(NodeFailure.Kind.TIMED_OUT);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.multipliedBy(3));
            server.process().thaw();
        }
    }

    /** Each of its bytes is in time, but all together are not. */
    @Test
    void aHandshakeThatTricklesIsGivenUpToo() {
        Duration timeout = Duration.ofMillis(600);
        try (LoopbackListener server = LoopbackListener.started("trickling", client -> {
            try (client;
                    OutputStream out = client.getOutputStream()) {
                out.write(new byte[] {0x16, 3, 3, 0x20, 0}); // the head of a long record
                while (true) {
                    out.write(2);
                    LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
                }
            } catch (IOException e) {
                // the client has gone
            }
        })) {
            Line line = tls(new CertificateAuthority().pem(directory).toString());
            long start = System.nanoTime();

            assertThat(failure(node(line, new NodeAddress("n1", "127.0.0.1", server.port()), timeout)
                                    .probe())
                            .kind())
                    .isEqualTo(NodeFailure.Kind.TIMED_OUT);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(timeout.multipliedBy(3));
        }
    }

    @Test
    void largeValuesPassThroughASocketThatWasFull() {
        Duration minute = Duration.ofMinutes(1);
        try (SecuredServer server = SecuredServer.started(Wants.TLS)) {
            MemcachedNode node = node(server.line(), server.process().address("n1"), minute);
            result(node.probe());
            List<byte[]> values = new ArrayList<>();
            List<CompletableFuture<Written>> added = new ArrayList<>();
            Random random = new Random(1);
            server.process().freeze();
            for (int i = 0; i < 40; i++) {
                byte[] value = new byte[900_000 + i];
                random.nextBytes(value);
                values.add(value);
                added.add(node.add("k" + i, value, Duration.ZERO));
            }
            await().until(() -> unsent(server.process().port()) > 100_000);
            server.process().thaw();

            added.forEach(each -> assertThat(result(each).stored()).isTrue());
            for (int i = 0; i < values.size(); i++) {
                assertThat(result(node.get("k" + i)).orElseThrow().value()).isEqualTo(values.get(i));
            }
        }
    }

    /** Whoever has nothing left to write is not told when the socket takes more. */
    @Test
    void whatCountsAsWrittenIsWithTheSocketAsAWhole() throws IOException {
        try (SecuredServer server = SecuredServer.started(Wants.TLS)) {
            int port = server.process().port();
            OpenLine open = server.line()
                    .open(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                            "127.0.0.1",
                            Patience.of(TIMEOUT, TIMEOUT));
            try (open) {
                open.unblock();
                server.process().freeze();
                long whole = 0;
                ByteBuffer set = set();
                for (open.channel().write(set);
                        !set.hasRemaining();
                        open.channel().write(set)) {
                    whole++;
                    set = set();
                }
                server.process().thaw();

                long written = whole;
                await().until(() -> server.process().stat("cmd_set") == written);
            }
        }
    }

    private static ByteBuffer set() {
        return ByteBuffer.wrap(("set k 0 0 5000 noreply\r\n" + "x".repeat(5000) + "\r\n").getBytes(US_ASCII));
    }

    /** How many bytes to that port the kernel keeps, as the other side takes no more. */
    private static long unsent(int port) throws IOException {
        String remote = String.format(":%04X", port);
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
        return lines.stream()
                .map(line -> line.trim().split("\\s+"))
                .filter(parts -> parts[2].endsWith(remote))
                .mapToLong(parts -> Long.parseLong(parts[4].split(":")[0], 16))
                .sum();
    }

    @Test
    void newKeysInTheMiddleOfASessionAreNotNoticed() {
        try (MemcachedServer behind = MemcachedServer.started();
                TlsFront front = new TlsFront(directory, behind, "localhost", Duration.ofDays(1))) {
            MemcachedNode node = node(front.line(), front.address("n1", "127.0.0.1"));
            result(node.probe());
            result(node.add("k", new byte[100_000], Duration.ZERO));
            CasToken seen = result(node.get("k")).orElseThrow().token();
            for (int i = 0; i < 3; i++) {
                front.changeKeys();
                assertThat(result(node.get("k")).orElseThrow().value()).hasSize(100_000);
            }

            assertThat(result(node.compareAndSet("k", seen, new byte[200_000], Duration.ZERO))
                            .stored())
                    .as("the connection is the same")
                    .isTrue();
        }
    }

    @Test
    void anEndThatTlsTellsIsNoticedWhileIdle() {
        try (MemcachedServer behind = MemcachedServer.started();
                TlsFront front = new TlsFront(directory, behind, "localhost", Duration.ofDays(1))) {
            MemcachedNode node = node(front.line(), front.address("n1", "127.0.0.1"));
            result(node.probe());

            front.hangUp();

            await().until(() -> node.connection() == 0);
        }
    }

    @Test
    void noTextShowsThePassword() {
        Line line = new Line(new Credentials("shop", WRONG, Credentials.Way.SASL), null, SecuredServer.WORDING);
        StoreConfig config =
                StoreConfig.of(List.of(new NodeAddress("n1", "a", 1)), "").withLine(line);

        assertThat(config.toString()).contains("shop").doesNotContain(WRONG);
    }

    /** Whoever set it believes that the line is secured. */
    @Test
    void isNotPassedOverWhereANodeIsARedis() {
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", "n1:a:1,n2:redis://b:2"), "");
        Line line = new Line(new Credentials("shop", WRONG, Credentials.Way.SASL), null, SecuredServer.WORDING);

        assertThatThrownBy(() -> config.withLine(line))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the-switch, the-name: for memcacheds only");
    }

    @Test
    void whatCannotBeTrustedIsNamed() throws IOException {
        CertificateAuthority authority = new CertificateAuthority();
        String store = authority.trustStore(directory).toString();
        Path empty = Files.writeString(directory.resolve("empty.pem"), "-----BEGIN \n");

        for (String file : List.of(directory.resolve("missing").toString(), empty.toString(), store)) {
            assertThatThrownBy(() -> Trust.read("truststoreFile", file, null))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("truststoreFile=\"" + file + "\"");
        }
        assertThatThrownBy(() -> Trust.read("truststoreFile", store, null)).hasMessageContaining("set that too");
        assertThatThrownBy(() -> Trust.read("truststoreFile", store, "other")).isInstanceOf(ConfigException.class);
        assertThat(Trust.read("truststoreFile", store, CertificateAuthority.PASSWORD))
                .isEqualTo(Trust.read("truststoreFile", store, CertificateAuthority.PASSWORD))
                .isNotEqualTo(Trust.ofTheJvm());
    }

    @Test
    void theAddressThatKnowsTheNodesIsReachedByTheSameLine() throws IOException {
        String list = "3\na|10.0.0.1|11211 b|10.0.0.2|11211\n";
        for (SecuredServer server :
                List.of(SecuredServer.started(Wants.TLS, Wants.SASL), SecuredServer.started(Wants.TLS, Wants.LOGIN))) {
            try (server) {
                NodeAddress address = server.process().address("n1");
                NodeListQuestion question = new NodeListQuestion(HostResolver.SYSTEM, TIMEOUT, server.line());
                assertThat(question.ask(address)).isEmpty();
                MemcachedNode node = node(server.line(), address);
                result(node.probe());
                result(node.set(NodeListQuestion.KEY, list.getBytes(US_ASCII), Duration.ZERO));

                assertThat(question.ask(address).orElseThrow().nodes()).hasSize(2);
                assertThatThrownBy(() ->
                                new NodeListQuestion(HostResolver.SYSTEM, TIMEOUT, server.line(WRONG)).ask(address))
                        .hasMessageContaining("refuses the credentials");
            }
        }
    }

    @Test
    void anOpaqueAddressIsExaminedByTheSameLine() {
        for (SecuredServer server :
                List.of(SecuredServer.started(Wants.TLS, Wants.SASL), SecuredServer.started(Wants.TLS, Wants.LOGIN))) {
            try (server) {
                Line line = server.line();
                MemcachedNode node = new SpyNodes(
                                line.binaryOnly() ? Protocol.BINARY : Protocol.TEXT,
                                TIMEOUT,
                                1_000_000,
                                InstantSource.system(),
                                line)
                        .opaque(server.process().address("n1"));
                nodes.add(node);
                result(node.probe());
                result(node.add("k", new byte[3], Duration.ZERO));

                assertThat(result(node.get("k")).orElseThrow().value()).hasSize(3);
                assertThat(node.abilities().contains("cannot list its keys")).isEqualTo(line.binaryOnly());
            }
        }
    }
}
