package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Two attributes that hold one list, set at one server and asked for at the other. */
class GranularityTest {

    @ParameterizedTest
    @CsvSource({"session, '[x] one', '[x, y] one'", "attribute, '[x] two', '[x] two'"})
    void asOneGraphItStaysOneList(String granularity, String read, String changed) {
        try (MemcachedServer n1 = MemcachedServer.started();
                MemcachedServer n2 = MemcachedServer.started()) {
            String nodes = n1.address("n1") + "," + n2.address("n2");
            String[] settings = Shop.withoutSecurity("memsession.granularity=" + granularity);
            try (Shop one = Shop.start(nodes, Application.class, settings);
                    Shop two = Shop.start(nodes, Application.class, settings)) {
                Visitor visitor = new Visitor();
                visitor.get(one, "/share");
                assertThat(visitor.body(two, "/shared")).isEqualTo(read);
                visitor.get(two, "/add");
                assertThat(visitor.body(one, "/shared")).isEqualTo(changed);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {}

    @RestController
    static class Pages {

        @GetMapping("/share")
        String share(HttpSession session) {
            List<String> shared = new ArrayList<>(List.of("x"));
            session.setAttribute("a", shared);
            session.setAttribute("b", shared);
            return "shared";
        }

        @GetMapping("/add")
        String add(HttpSession session) {
            list(session, "a").add("y");
            return "added";
        }

        @GetMapping("/shared")
        String read(HttpSession session) {
            List<String> b = list(session, "b");
            return b + (b == list(session, "a") ? " one" : " two");
        }

        @SuppressWarnings("unchecked")
        private static List<String> list(HttpSession session, String name) {
            return (List<String>) session.getAttribute(name);
        }
    }
}
