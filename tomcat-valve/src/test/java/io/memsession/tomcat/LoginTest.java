package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.apache.catalina.authenticator.AuthenticatorBase;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.authenticator.DigestAuthenticator;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.apache.catalina.connector.Request;
import org.apache.catalina.realm.GenericPrincipal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is logged in, and logging in, on whatever server the next request reaches. */
class LoginTest {
    private final Visitor visitor = new Visitor();
    private final Map<String, String> cookies = visitor.cookies();
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer one;
    private AppServer two;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    private AppServer server(String method, boolean sticky, String route) {
        Map<String, String> attributes = Map.of("sticky", String.valueOf(sticky));
        AppServer server = AppServer.on(
                attributes,
                context -> {
                    ((org.apache.catalina.Engine) context.getParent().getParent()).setJvmRoute(route);
                    Logins.protect(context, method, authenticator(method));
                },
                n1,
                n2);
        return Logins.on(server);
    }

    private static AuthenticatorBase authenticator(String method) {
        return switch (method) {
            case "FORM" -> new FormAuthenticator();
            case "BASIC" -> new BasicAuthenticator();
            case "DIGEST" -> sharedDigest();
            default -> new Trusting(method);
        };
    }

    /** Tomcat wants the same key and opaque value at all servers, so that a nonce of another one is only too old. */
    private static AuthenticatorBase sharedDigest() {
        DigestAuthenticator authenticator = new DigestAuthenticator();
        authenticator.setKey("the same everywhere");
        authenticator.setOpaque("the same everywhere");
        return authenticator;
    }

    /** Believes a header, and registers whom it names as the authenticator of that method would. */
    private static final class Trusting extends AuthenticatorBase {
        private final String method;

        Trusting(String method) {
            this.method = method;
        }

        @Override
        protected boolean doAuthenticate(Request request, HttpServletResponse response) throws IOException {
            if (checkForCachedAuthentication(request, response, true)) {
                return true;
            }
            String name = request.getHeader("X-Trusted");
            if (name == null) {
                response.sendError(401);
                return false;
            }
            X500Principal behind = new X500Principal("CN=" + name);
            register(
                    request,
                    response,
                    new GenericPrincipal(name, List.of("clerk", "buyer"), behind),
                    method,
                    name,
                    null);
            return true;
        }

        @Override
        protected String getAuthMethod() {
            return method;
        }
    }

    private HttpResponse<String> send(AppServer server, String path, HttpRequest.Builder request) throws Exception {
        return visitor.send(server, path, request);
    }

    private HttpResponse<String> login(AppServer server) throws Exception {
        return visitor.login(server);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msmP2AFormLoginMayBeginOnOneServerAndEndOnAnother(boolean sticky) throws Exception {
        one = server("FORM", sticky, "r1");
        two = server("FORM", sticky, "r2");
        assertThat(send(one, "/secure", HttpRequest.newBuilder().header("X-Test", "t"))
                        .body())
                .isEqualTo("login page");
        String before = cookies.get("JSESSIONID");
        HttpResponse<String> answer = login(two);
        assertThat(answer.statusCode()).isBetween(302, 303);
        assertThat(cookies.get("JSESSIONID").substring(0, 32)).isNotEqualTo(before.substring(0, 32));
        assertThat(send(one, "/secure", HttpRequest.newBuilder()).body()).isEqualTo("GET ann truefalse FORM 0 t");
        assertThat(send(two, "/secure", HttpRequest.newBuilder()).body()).startsWith("GET ann truefalse FORM 0");
        assertThat(send(one, "/open", HttpRequest.newBuilder()).body())
                .contains("ann")
                .endsWith("FORM");
        assertThat(send(two, "/logout", HttpRequest.newBuilder()).body()).isEqualTo("null");
        assertThat(send(one, "/secure", HttpRequest.newBuilder()).body()).isEqualTo("login page");
    }

    @Test
    void theSessionIsKnownElsewhereBeforeItsLoginPageEnds() throws Exception {
        one = server("FORM", false, "r1");
        two = server("FORM", false, "r2");
        two.page("/known", (request, response) -> response.getWriter().print(request.getSession(false) != null));
        one.page("/login.html", (request, response) -> {
            String id = request.getSession(false).getId();
            response.getWriter().print(two.get("/known", id).body());
        });

        assertThat(send(one, "/secure", HttpRequest.newBuilder()).body()).isEqualTo("true");
    }

    @Test
    void aLoginPageWithoutNodesIsNotServed() throws Exception {
        one = server("FORM", false, "r1");
        two = server("FORM", false, "r2");
        n1.kill();
        n2.kill();

        HttpResponse<String> answer = send(one, "/secure", HttpRequest.newBuilder());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(cookies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msmALargeBodyWaitsForTheLoginAndIsReplayedOnAnotherServer(boolean sticky) throws Exception {
        one = server("FORM", sticky, "r1");
        two = server("FORM", sticky, "r2");
        for (AppServer server : new AppServer[] {one, two}) {
            server.connector().setMaxSavePostSize(-1);
        }
        String body = "x".repeat(100_000);
        assertThat(send(
                                one,
                                "/secure",
                                HttpRequest.newBuilder()
                                        .header("Content-Type", "text/plain")
                                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                        .body())
                .isEqualTo("login page");
        assertThat(login(two).statusCode()).isBetween(302, 303);
        assertThat(send(one, "/secure", HttpRequest.newBuilder()).body())
                .isEqualTo("POST ann truefalse FORM 100000 null");
    }

    @Test
    void whoIsLoggedInByBasicIsKnownOnTheOtherServer() throws Exception {
        one = server("BASIC", false, "r1");
        two = server("BASIC", false, "r2");
        send(one, "/begin", HttpRequest.newBuilder());
        String basic = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        assertThat(send(one, "/secure", HttpRequest.newBuilder().header("Authorization", basic))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(two, "/open", HttpRequest.newBuilder()).body())
                .contains("ann")
                .endsWith("BASIC");
        assertThat(send(two, "/secure", HttpRequest.newBuilder()).body()).isEqualTo("GET ann truefalse BASIC 0 null");
    }

    @Test
    void thePrincipalBehindTomcatsOwnIsKnownOnTheOtherServerToo() throws Exception {
        one = server("CLIENT_CERT", false, "r1");
        two = server("CLIENT_CERT", false, "r2");
        send(one, "/begin", HttpRequest.newBuilder());
        assertThat(send(one, "/secure", HttpRequest.newBuilder().header("X-Trusted", "ann"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(two, "/secure", HttpRequest.newBuilder()).body())
                .isEqualTo("GET ann truefalse CLIENT_CERT 0 null");
        two.page("/who", (request, response) -> response.getWriter().print(request.getUserPrincipal()));
        assertThat(send(two, "/who", HttpRequest.newBuilder()).body()).isEqualTo("CN=ann");
    }

    /**
     * Tomcat keeps no login by digest: every request brings one, and a nonce is good at the server that gave it out.
     */
    @Test
    void whoIsLoggedInByDigestGoesOnWithTheSessionOnTheOtherServer() throws Exception {
        one = server("DIGEST", false, "r1");
        two = server("DIGEST", false, "r2");
        Pages.on(one);
        Pages.on(two);
        send(one, "/set?name=x&value=1", HttpRequest.newBuilder());
        String answer = digest(asked(send(one, "/secure", HttpRequest.newBuilder())));
        assertThat(send(one, "/secure", HttpRequest.newBuilder().header("Authorization", answer))
                        .body())
                .isEqualTo("GET ann truefalse DIGEST 0 null");

        String again = asked(send(two, "/secure", HttpRequest.newBuilder().header("Authorization", answer)));
        assertThat(again).contains("stale=true"); // so that a browser answers it without asking its user
        assertThat(send(two, "/secure", HttpRequest.newBuilder().header("Authorization", digest(again)))
                        .body())
                .isEqualTo("GET ann truefalse DIGEST 0 null");
        assertThat(send(two, "/get?name=x", HttpRequest.newBuilder()).body()).isEqualTo("1");
    }

    private static String asked(HttpResponse<String> refusal) {
        assertThat(refusal.statusCode()).isEqualTo(401);
        return refusal.headers().firstValue("WWW-Authenticate").orElseThrow();
    }

    /** The answer to a question of RFC 7616. */
    private static String digest(String asked) throws Exception {
        Map<String, String> parts = new TreeMap<>();
        Matcher matcher = Pattern.compile("(\\w+)=\"?([^\",]+)").matcher(asked);
        while (matcher.find()) {
            parts.put(matcher.group(1), matcher.group(2));
        }
        String algorithm = parts.getOrDefault("algorithm", "MD5");
        String user = hash(algorithm, "ann:" + parts.get("realm") + ":secret");
        String request = hash(algorithm, "GET:/secure");
        String response = hash(algorithm, user + ":" + parts.get("nonce") + ":00000001:0a4f113b:auth:" + request);
        return "Digest username=\"ann\", realm=\"" + parts.get("realm") + "\", nonce=\"" + parts.get("nonce")
                + "\", uri=\"/secure\", qop=auth, nc=00000001, cnonce=\"0a4f113b\", algorithm=" + algorithm
                + ", response=\"" + response + "\", opaque=\"" + parts.get("opaque") + "\"";
    }

    private static String hash(String algorithm, String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
