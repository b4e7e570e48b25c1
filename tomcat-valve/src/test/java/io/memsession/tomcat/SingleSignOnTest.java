package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.CommandCost;
import io.memsession.store.MemcachedServer;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.catalina.Engine;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sign-ons that hold for all sessions of a visitor, on whatever server they are. */
class SingleSignOnTest {
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.US_ASCII));

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private final Visitor visitor = new Visitor();

    private AppServer server(boolean sticky, String route) {
        return Logins.on(AppServer.on(
                        Map.of("sticky", String.valueOf(sticky)),
                        context -> {
                            ((Engine) context.getParent().getParent()).setJvmRoute(route);
                            Logins.protect(context, "BASIC", new BasicAuthenticator());
                            MemcachedSingleSignOn signOn = new MemcachedSingleSignOn();
                            signOn.setMemcachedNodes(n1.address("n1") + "," + n2.address("n2"));
                            context.getParent().getPipeline().addValve(signOn);
                        },
                        n1,
                        n2))
                .page("/end", (request, response) -> request.getSession().invalidate());
    }

    private int secure(AppServer server) throws Exception {
        return visitor.send(server, "/secure", HttpRequest.newBuilder()).statusCode();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msmA2WhoSignedOnAtOneServerIsSignedOnAtTheOtherAndOffEverywhere(boolean sticky) throws Exception {
        try (AppServer one = server(sticky, "r1");
                AppServer two = server(sticky, "r2")) {
            visitor.get(one, "/begin");
            visitor.send(one, "/secure", HttpRequest.newBuilder().header("Authorization", BASIC));
            assertThat(visitor.cookies()).containsKey("JSESSIONIDSSO");
            assertThat(visitor.get(one, "/open")).contains("ann");

            String first = visitor.cookies().remove("JSESSIONID");
            assertThat(visitor.get(two, "/secure")).startsWith("GET ann true");
            assertThat(visitor.cookies().get("JSESSIONID")).isNotEqualTo(first);

            assertThat(visitor.send(two, "/end", HttpRequest.newBuilder()).statusCode())
                    .isEqualTo(200);
            assertThat(secure(two)).isEqualTo(401);
            visitor.cookies().put("JSESSIONID", first);
            assertThat(secure(one)).isEqualTo(401);
        }
    }

    /** What the sign-on says needs no further question: its Valve has asked for it already. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionThatBelongsToOneCostsWhatAnyOtherDoesAndTheSignOn(boolean sticky) throws Exception {
        try (AppServer one = server(sticky, "r1")) {
            visitor.get(one, "/begin");
            visitor.send(one, "/secure", HttpRequest.newBuilder().header("Authorization", BASIC));
            visitor.get(one, "/open");
            new CommandCost(n1, n2).is(sticky ? 2 : 4, attempt -> visitor.get(one, "/open"));
        }
    }
}
