package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.apache.catalina.Engine;
import org.apache.catalina.authenticator.FormAuthenticator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The passwords that Tomcat keeps in sessions where a form authenticator has {@code cache="false"}, and so asks its
 * realm at every request.
 */
class PasswordsTest {
    private static final String KEYS = "k1:"
            + Base64.getEncoder()
                    .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
    /** The name and the password as Kryo writes them, less their last letters, which it marks. */
    private static final String[] IN_CLEAR = {"org.apache.catalina.session", "secre"};

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private final Visitor visitor = new Visitor();

    private AppServer server(boolean sticky, String keys, String route) {
        Map<String, String> attributes = new HashMap<>(Map.of("sticky", String.valueOf(sticky)));
        if (!keys.isEmpty()) {
            attributes.put("encryptionKeys", keys);
        }
        return Logins.on(AppServer.on(
                attributes,
                context -> {
                    ((Engine) context.getParent().getParent()).setJvmRoute(route);
                    FormAuthenticator authenticator = new FormAuthenticator();
                    authenticator.setCache(false);
                    Logins.protect(context, "FORM", authenticator);
                },
                n1,
                n2));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void withKeysTheyTravelSealed(boolean sticky) throws Exception {
        try (AppServer one = server(sticky, KEYS, "r1");
                AppServer two = server(sticky, KEYS, "r2")) {
            assertThat(visitor.get(one, "/secure")).isEqualTo("login page");
            assertThat(visitor.login(two).statusCode()).isBetween(302, 303);
            for (AppServer server : new AppServer[] {one, two, two, one}) {
                assertThat(visitor.get(server, "/secure")).startsWith("GET ann truefalse FORM");
            }
            assertThat(n1.content() + n2.content()).isNotEmpty().doesNotContain(IN_CLEAR);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msm430WithoutKeysTheyDoNotReachTheNodesWhichIsSaid(boolean sticky) throws Exception {
        try (LogLines lines = new LogLines();
                AppServer one = server(sticky, "", "r1")) {
            assertThat(lines.with("cache=\"false\"")).hasSize(1).allMatch(line -> line.contains("encryptionKeys"));
            visitor.get(one, "/secure");
            visitor.login(one);
            visitor.get(one, "/secure");
            assertThat(n1.content() + n2.content()).isNotEmpty().doesNotContain(IN_CLEAR);
            assertThat(visitor.get(one, "/secure")).startsWith(sticky ? "GET ann" : "login page");
        }
    }

    /** A realm's principal brings its password along in some Tomcats. */
    @Test
    void msm430OfWhoIsLoggedInNoPasswordReachesTheNodes() throws Exception {
        try (AppServer one = Logins.on(
                AppServer.on(Map.of(), context -> Logins.protect(context, "FORM", new FormAuthenticator()), n1, n2))) {
            visitor.get(one, "/secure");
            visitor.login(one);
            assertThat(visitor.send(one, "/secure", HttpRequest.newBuilder()).body())
                    .startsWith("GET ann");
            assertThat(n1.content()).contains("cler").doesNotContain(IN_CLEAR);
        }
    }
}
