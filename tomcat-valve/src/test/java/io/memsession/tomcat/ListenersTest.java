package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionAttributeListener;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionIdListener;
import jakarta.servlet.http.HttpSessionListener;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.core.StandardContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application's listeners hear what Tomcat's own sessions would tell them. */
class ListenersTest {
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    private static final class Listener
            implements HttpSessionListener, HttpSessionAttributeListener, HttpSessionIdListener {
        @Override
        public void sessionCreated(HttpSessionEvent event) {
            event.getSession().setAttribute("by listener", "1");
            HEARD.add("created");
        }

        @Override
        public void sessionDestroyed(HttpSessionEvent event) {
            HEARD.add("destroyed with " + event.getSession().getAttribute("by listener"));
        }

        @Override
        public void attributeAdded(HttpSessionBindingEvent event) {
            HEARD.add("added " + event.getName());
        }

        @Override
        public void attributeReplaced(HttpSessionBindingEvent event) {
            HEARD.add("replaced " + event.getName() + " " + event.getValue());
        }

        @Override
        public void attributeRemoved(HttpSessionBindingEvent event) {
            HEARD.add("removed " + event.getName());
        }

        @Override
        public void sessionIdChanged(HttpSessionEvent event, String from) {
            HEARD.add("renamed");
        }
    }

    /** An attribute that hears when it is bound. */
    static final class Bound implements HttpSessionBindingListener, Serializable {
        private static final long serialVersionUID = 1;
        private final String name;

        Bound(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            HEARD.add("bound " + name);
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            HEARD.add("unbound " + name);
        }
    }

    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer one;
    private AppServer two;
    private String cookie;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = Pages.on(server(Map.of()));
        two = Pages.on(server(Map.of()));
        two.page(
                "/bind",
                (request, response) ->
                        request.getSession().setAttribute("bound", new Bound(request.getParameter("name"))));
        HEARD.clear();
        cookie = one.get("/set?name=x&value=1", "").cookie();
    }

    private AppServer server(Map<String, String> attributes) {
        return AppServer.on(
                attributes,
                context -> {
                    ((StandardContext) context).addApplicationLifecycleListener(new Listener());
                    ((StandardContext) context).addApplicationEventListener(new Listener());
                },
                n1,
                n2);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    @Test
    void msmN16ASessionIsCreatedOnceForAllServers() {
        two.get("/get?name=x", cookie);
        assertThat(HEARD).containsExactly("added by listener", "created", "added x");
        assertThat(two.get("/get?name=by%20listener", cookie).body()).isEqualTo("1");
    }

    @Test
    void whatIsReplacedComesFromAnotherServer() {
        HEARD.clear();
        two.get("/set?name=x&value=2", cookie);
        two.get("/remove?name=x", cookie);
        assertThat(HEARD).containsExactly("replaced x 1", "removed x");
    }

    @Test
    void valuesHearWhenTheyAreBoundAndUnbound() {
        HEARD.clear();
        two.get("/bind?name=a", cookie);
        two.get("/bind?name=b", cookie);
        one.get("/remove?name=bound", cookie);
        assertThat(HEARD).contains("bound a", "bound b", "unbound a", "unbound b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void msm219TheExpiryIsHeardOnceOfAllServersWithTheAttributesReadable(boolean sticky) {
        try (AppServer three = hurrying(sticky);
                AppServer four = hurrying(sticky)) {
            HEARD.clear();
            String first = three.get("/hurry", "").cookie();
            await().atMost(Duration.ofSeconds(20)).until(() -> HEARD.contains("unbound a"));
            assertThat(three.get("/get?name=x", first).body()).isEqualTo("no session");

            String second = four.get("/hurry", "").cookie();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> HEARD.lastIndexOf("unbound a") > HEARD.lastIndexOf("created"));
            assertThat(four.get("/get?name=x", second).body()).isEqualTo("no session");
            assertThat(HEARD).filteredOn("destroyed with 1"::equals).hasSize(2);
        }
    }

    private AppServer hurrying(boolean sticky) {
        return Pages.on(server(Map.of("sticky", String.valueOf(sticky)))).page("/hurry", (request, response) -> {
            request.getSession().setAttribute("bound", new Bound("a"));
            request.getSession().setMaxInactiveInterval(1);
        });
    }

    @Test
    void theEndIsHeardByTheServerThatIsAsked() {
        two.get("/bind?name=a", cookie);
        HEARD.clear();
        one.get("/invalidate", cookie);
        assertThat(HEARD)
                .containsExactly("destroyed with 1", "unbound a", "removed bound", "removed by listener", "removed x");
    }

    @Test
    void aNewIdIsHeard() {
        HEARD.clear();
        two.get("/rename", cookie);
        assertThat(HEARD).containsExactly("renamed");
    }

    @Test
    void anEndedSessionAnswersAsTomcatsDo() {
        one.page("/after", (request, response) -> {
            var session = request.getSession();
            session.invalidate();
            try {
                session.getAttribute("x");
            } catch (IllegalStateException e) {
                response.getWriter().print("ended");
            }
        });
        assertThat(one.get("/after", cookie).body()).isEqualTo("ended");
    }

    @Test
    void aNewSessionAfterTheEndHasItsOwnCookie() {
        one.page("/again", (request, response) -> {
            request.getSession().invalidate();
            request.getSession().setAttribute("x", "new");
        });
        String fresh = one.get("/again", cookie).cookie();
        assertThat(fresh).isNotEmpty().isNotEqualTo(cookie);
        assertThat(two.get("/get?name=x", fresh).body()).isEqualTo("new");
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
    }

    @Test
    void aRequestListenerMayUseTheSessionBeforeAnyoneElse() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        AppServer early = AppServer.on(
                Map.of(),
                context -> ((StandardContext) context).addApplicationEventListener(new EarlyListener()),
                n1,
                n2);
        try (early) {
            Pages.on(early).page("/both", (request, response) -> {
                try {
                    together.await(10, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                request.getSession().setAttribute(request.getParameter("name"), "1");
            });
            String made = early.get("/plain", "").cookie();
            var first = early.send("/both?name=a", made);
            var second = early.send("/both?name=b", made);
            first.join();
            second.join();
            assertThat(one.get("/get?name=early", made).body()).isEqualTo("yes");
            assertThat(one.get("/get?name=a", made).body()).isEqualTo("1");
            assertThat(one.get("/get?name=b", made).body()).isEqualTo("1");
            assertThat(early.manager().getActiveSessions()).isZero();
        }
    }

    private static final class EarlyListener implements ServletRequestListener {
        @Override
        public void requestInitialized(ServletRequestEvent event) {
            ((HttpServletRequest) event.getServletRequest()).getSession().setAttribute("early", "yes");
        }
    }
}
