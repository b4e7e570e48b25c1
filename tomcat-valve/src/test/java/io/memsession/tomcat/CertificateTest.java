package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.Engine;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins with a certificate that an authority of the test's own has signed, over TLS. */
class CertificateTest {
    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path directory;

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    /** An authority, a server that it vouches for, and ann, each in a key store of its own. */
    @BeforeAll
    static void issue() throws Exception {
        keytool("authority", "-genkeypair", "-dname", "CN=authority", "-ext", "bc:c");
        keytool("authority", "-exportcert", "-rfc", "-file", path("authority.pem"));
        keytool("trusted", "-importcert", "-noprompt", "-file", path("authority.pem"));
        for (String who : List.of("localhost", "ann")) {
            keytool(who, "-genkeypair", "-dname", "CN=" + who, "-ext", "san=dns:localhost,ip:127.0.0.1");
            keytool(who, "-certreq", "-file", path(who + ".csr"));
            keytool(
                    "authority",
                    "-gencert",
                    "-rfc",
                    "-ext",
                    "san=dns:localhost,ip:127.0.0.1",
                    "-infile",
                    path(who + ".csr"),
                    "-outfile",
                    path(who + ".pem"));
            Files.writeString(
                    Path.of(path(who + ".chain")),
                    Files.readString(Path.of(path(who + ".pem"))) + Files.readString(Path.of(path("authority.pem"))));
            keytool(who, "-importcert", "-noprompt", "-file", path(who + ".chain"));
        }
    }

    private static String path(String file) {
        return directory.resolve(file).toString();
    }

    private static void keytool(String store, String... what) throws Exception {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(List.of(what));
        command.addAll(List.of("-keystore", path(store + ".p12"), "-storepass", PASSWORD, "-alias", store));
        if (List.of(what).contains("-genkeypair")) {
            command.addAll(List.of("-keyalg", "EC"));
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private AppServer server(boolean sticky, String route) {
        return Logins.on(AppServer.on(
                Map.of("sticky", String.valueOf(sticky)),
                context -> {
                    Engine engine = (Engine) context.getParent().getParent();
                    engine.setJvmRoute(route);
                    engine.getService().addConnector(withTls());
                    Logins.protect(context, "CLIENT-CERT", new SSLAuthenticator());
                },
                n1,
                n2));
    }

    private static Connector withTls() {
        Connector connector = new Connector();
        connector.setPort(0);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        connector.setProperty("address", "127.0.0.1");
        SSLHostConfig tls = new SSLHostConfig();
        tls.setCertificateVerification("optional");
        tls.setTruststoreFile(path("trusted.p12"));
        tls.setTruststorePassword(PASSWORD);
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(tls, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(path("localhost.p12"));
        certificate.setCertificateKeystorePassword(PASSWORD);
        tls.addCertificate(certificate);
        connector.addSslHostConfig(tls);
        return connector;
    }

    private static KeyStore store(String name) throws Exception {
        return KeyStore.getInstance(Path.of(path(name + ".p12")).toFile(), PASSWORD.toCharArray());
    }

    /** A client that trusts the authority. */
    private static HttpClient client(boolean withCertificate) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store("ann"), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store("trusted"));
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(withCertificate ? keys.getKeyManagers() : null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static String https(AppServer server, String path) {
        Engine engine = (Engine) server.context().getParent().getParent();
        return "https://localhost:" + engine.getService().findConnectors()[1].getLocalPort() + path;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoShowedACertificateToOneServerIsKnownToTheOther(boolean sticky) throws Exception {
        try (AppServer one = server(sticky, "r1");
                AppServer two = server(sticky, "r2")) {
            Visitor ann = new Visitor(client(true));
            ann.send(https(one, "/begin"), HttpRequest.newBuilder());
            assertThat(ann.send(https(one, "/secure"), HttpRequest.newBuilder()).body())
                    .isEqualTo("GET ann truefalse CLIENT_CERT 0 null");

            Visitor withoutCertificate = new Visitor(client(false));
            assertThat(withoutCertificate
                            .send(https(two, "/secure"), HttpRequest.newBuilder())
                            .statusCode())
                    .isEqualTo(401);
            withoutCertificate.cookies().putAll(ann.cookies());
            assertThat(withoutCertificate
                            .send(https(two, "/secure"), HttpRequest.newBuilder())
                            .body())
                    .isEqualTo("GET ann truefalse CLIENT_CERT 0 null");
        }
    }
}
