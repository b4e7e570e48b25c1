package io.memsession.store.redis;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS, with a certificate for 127.0.0.1 that this test makes. */
@Tag("long")
class RedisTlsTest {
    private static final String TRUST = "javax.net.ssl.trustStore";
    private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    private RedisServer server;

    @BeforeEach
    void start() throws IOException, GeneralSecurityException, InterruptedException {
        Path keys = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "redis",
                        "-dname",
                        "CN=redis",
                        "-ext",
                        "SAN=IP:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        Path certificate = pem("CERTIFICATE", store.getCertificate("redis").getEncoded());
        Path key = pem("PRIVATE KEY", store.getKey("redis", PASSWORD).getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("redis", store.getCertificate("redis"));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trusted.p12"))) {
            trusted.store(out, PASSWORD);
        }
        server = RedisServer.startedWithTls(certificate, key);
    }

    private Path pem(String what, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(
                folder.resolve(what), "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n");
    }

    @AfterEach
    void stop() {
        System.clearProperty(TRUST);
        System.clearProperty(TRUST_PASSWORD);
        server.close();
    }

    private MemcachedNode node(String host) {
        NodeAddress address = NodeAddress.parseList("nodes", "n1:rediss://" + host + ":" + server.port())
                .get(0);
        return new RedisNodes().connector(Duration.ofSeconds(5), 1_000_000).node(address);
    }

    @Test
    void isSpokenToIfItsCertificateIsKnownAndNamesIt() {
        try (MemcachedNode node = node("127.0.0.1")) {
            assertThat(failure(node.probe()))
                    .as("nobody vouches for it")
                    .hasMessageContaining("cannot be spoken to over TLS");
        }
        System.setProperty(TRUST_PASSWORD, new String(PASSWORD));
        System.setProperty(TRUST, folder.resolve("trusted.p12").toString());
        try (MemcachedNode node = node("127.0.0.1")) {
            result(node.probe());
            assertThat(result(node.set("k", new byte[100_000], Duration.ZERO)).stored())
                    .isTrue();
            assertThat(result(node.get("k")).orElseThrow().value()).hasSize(100_000);
        }
        try (MemcachedNode node = node("localhost")) {
            assertThat(failure(node.probe()))
                    .as("it has another name")
                    .hasMessageContaining("cannot be spoken to over TLS");
        }
    }
}
