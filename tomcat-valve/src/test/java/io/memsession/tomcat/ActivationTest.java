package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values hear that they leave a server and that they have come to one. */
class ActivationTest {
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    /** A value that counts its moves. */
    static final class Moving implements HttpSessionActivationListener, Serializable {
        private static final long serialVersionUID = 1;
        private int moves;

        @Override
        public void sessionWillPassivate(HttpSessionEvent event) {
            moves++;
            HEARD.add("leaves " + event.getSession().getAttribute("x"));
        }

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            HEARD.add("comes after " + moves);
        }
    }

    @BeforeEach
    void forget() {
        HEARD.clear();
    }

    private static AppServer withPages(AppServer server) {
        return server.page("/put", (request, response) -> request.getSession().setAttribute("moving", new Moving()))
                .page(
                        "/look",
                        (request, response) ->
                                response.getWriter().print(request.getSession().getAttribute("moving") != null));
    }

    @Test
    void nonStickyAtEachRequestThatAsksForThem() {
        try (AppServer one = withPages(Pages.on(AppServer.on(n1, n2)));
                AppServer two = withPages(AppServer.on(n1, n2))) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            one.get("/put", cookie);
            assertThat(HEARD).containsExactly("leaves 1");
            one.get("/get?name=x", cookie);
            assertThat(HEARD).hasSize(1);
            assertThat(two.get("/look", cookie).body()).isEqualTo("true");
            assertThat(HEARD).containsExactly("leaves 1", "comes after 1", "leaves 1");
        }
    }

    @Test
    void stickyWhenTheirServerStopsAndAnotherTakesOver() {
        try (AppServer two = withPages(StickyTest.sticky("r2", Map.of(), n1, n2))) {
            String cookie;
            try (AppServer one = withPages(StickyTest.sticky("r1", Map.of(), n1, n2))) {
                cookie = one.get("/set?name=x&value=1", "").cookie();
                one.get("/put", cookie);
                one.get("/look", cookie);
                assertThat(HEARD).isEmpty();
            }
            assertThat(HEARD).containsExactly("leaves 1");
            String there = two.get("/look", cookie).cookie();
            two.get("/look", there);
            assertThat(HEARD).containsExactly("leaves 1", "comes after 1");
        }
    }
}
