package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.CommandCost;
import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.Container;
import org.apache.catalina.Session;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for a session before the Valve was reached: the connector, request listeners, other valves. */
class BeforeTheValveTest {
    private static final String STRANGER = "0123456789ABCDEF0123456789ABCDEF-n1";

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private static final class EarlyListener implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
            ((HttpServletRequest) event.getServletRequest()).getSession().setAttribute("early", "yes");
        }
    }

    /** Notes what session it sees. */
    private static final class Watching extends ValveBase {
        private final List<Object> seen = new CopyOnWriteArrayList<>();

        private Watching() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            Session session = request.getSessionInternal(false);
            seen.add(session == null ? "none" : session.getSession().getAttribute("x"));
            getNext().invoke(request, response);
        }
    }

    private void hang() {
        n1.freeze();
        n2.freeze();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msm312NorIfAListenerAsksFirst(boolean sticky) {
        Map<String, String> attributes =
                Map.of("requestUriIgnorePattern", ".*\\.png", "sticky", String.valueOf(sticky));
        try (AppServer server = Pages.on(AppServer.on(
                attributes,
                context -> ((StandardContext) context).addApplicationEventListener(new EarlyListener()),
                n1,
                n2))) {
            server.page("/pic.png", (request, response) -> response.getWriter().print("picture"));
            String cookie = server.get("/plain", "").cookie();
            new CommandCost(n1, n2).is(0, attempt -> {
                assertThat(server.get("/pic.png", "").cookie()).isEmpty();
                assertThat(server.get("/pic.png", cookie).cookie()).isEmpty();
            });
            assertThat(server.get("/get?name=early", cookie).body()).isEqualTo("yes");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msm286AValveOfTheHostOrTheContextSeesTheSession(boolean sticky) {
        Watching ofContext = new Watching();
        Watching ofHost = new Watching();
        Map<String, String> attributes = Map.of("sticky", String.valueOf(sticky));
        try (AppServer one = Pages.on(AppServer.on(attributes, n1, n2));
                AppServer two = Pages.on(AppServer.on(
                        attributes,
                        context -> {
                            context.getPipeline().addValve(ofContext);
                            Container host = context.getParent();
                            host.getPipeline().addValve(ofHost);
                        },
                        n1,
                        n2))) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("1");
            assertThat(ofContext.seen).containsExactly("1");
            assertThat(ofHost.seen).containsExactly("1");
        }
    }

    /** With a second cookie of the same name the connector looks whether the first one names a session. */
    @Test
    void severalCookiesInAnOutageAre503AndNoErrorOfTheConnector() {
        try (AppServer server = Pages.on(AppServer.on(Map.of("operationTimeout", "150"), n1, n2))) {
            String id = server.get("/set?name=x&value=1", "").cookie();
            hang();
            for (String cookies : List.of(id + "; JSESSIONID=" + STRANGER, STRANGER + "; JSESSIONID=" + id)) {
                AppServer.Answer answer = server.get("/get?name=x", cookies);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.response().headers().firstValue("Retry-After"))
                        .isPresent();
            }
            n1.thaw();
            n2.thaw();
            await().until(() -> server.get("/get?name=x", STRANGER + "; JSESSIONID=" + id)
                    .body()
                    .equals("1"));
        }
    }
}
