package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Two attributes that hold one list, set at one server and asked for at the other. */
class GranularityTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private AppServer server(String granularity) {
        return AppServer.on(Map.of("granularity", granularity), n1, n2)
                .page("/share", (request, response) -> {
                    List<String> shared = new ArrayList<>(List.of("x"));
                    request.getSession().setAttribute("a", shared);
                    request.getSession().setAttribute("b", shared);
                })
                .page(
                        "/add",
                        (request, response) -> list(request.getSession(), "a").add("y"))
                .page("/read", (request, response) -> {
                    List<String> a = list(request.getSession(), "a");
                    List<String> b = list(request.getSession(), "b");
                    response.getWriter().print(b + (a == b ? " one" : " two"));
                });
    }

    @SuppressWarnings("unchecked")
    private static List<String> list(HttpSession session, String name) {
        return (List<String>) session.getAttribute(name);
    }

    @Test
    void asOneGraphItStaysOneList() {
        try (AppServer one = server("session");
                AppServer two = server("session")) {
            String id = one.get("/share", "").cookie();

            assertThat(two.get("/read", id).body()).isEqualTo("[x] one");
            two.get("/add", id);
            assertThat(one.get("/read", id).body()).isEqualTo("[x, y] one");
        }
    }

    @Test
    void attributeByAttributeItBecomesTwoLists() {
        try (AppServer one = server("attribute");
                AppServer two = server("attribute")) {
            String id = one.get("/share", "").cookie();

            assertThat(two.get("/read", id).body()).isEqualTo("[x] two");
        }
    }
}
