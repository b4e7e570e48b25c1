package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;

/**
 * What operators and users of other session stores ask for, on one app server that keeps its sessions inside itself.
 */
class OperationsTest {
    private static Shop shop;

    private final Visitor visitor = new Visitor();

    @BeforeAll
    static void start() {
        shop = Shop.start(
                "embedded",
                "memsession.access-precision=0",
                "memsession.jvm-route=app1",
                "memsession.no-touch.paths=/read-flush,/actuator/**",
                "memsession.no-touch.headers=X-Poll",
                "memsession.ignored-paths=/read-redirect,/write-redirect",
                "memsession.new-session-timeout=5m",
                "memsession.max-lifetime=8h",
                "management.endpoints.web.exposure.include=memsession,sessions,metrics",
                "management.endpoint.sessions.access=unrestricted");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    private String id() {
        String cookie = visitor.cookie();
        return cookie.substring("SESSION=".length(), cookie.lastIndexOf('.'));
    }

    private String described() {
        return new Visitor().body(shop, "/actuator/sessions/" + id());
    }

    @Test
    void sessionsInsideTheJvmPassThroughTheCodec() {
        visitor.get(shop, "/write?cart=tea");
        assertThat(visitor.body(shop, "/read")).isEqualTo("tea");
    }

    @Test
    void statement56TheRouteStandsInTheCookieAndEveryRouteIsTakenOff() {
        visitor.get(shop, "/write?cart=tea");
        assertThat(visitor.cookie()).endsWith(".app1");
        String id = id();

        visitor.cookie("SESSION=" + id + ".app0");
        assertThat(visitor.body(shop, "/read")).isEqualTo("tea");
        assertThat(visitor.cookie()).isEqualTo("SESSION=" + id + ".app1");

        visitor.cookie("SESSION=" + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8)));
        assertThat(visitor.body(shop, "/read")).isEqualTo("tea");
    }

    @Test
    void aPollIsNoAccess() {
        visitor.get(shop, "/write?cart=tea");
        visitor.get(shop, "/read");
        await().until(() -> described().equals(described()));
        String before = described();

        assertThat(visitor.body(shop, "/read-flush")).startsWith("tea");
        assertThat(described()).isEqualTo(before);
        visitor.get(shop, "/read");
        await().until(() -> !described().equals(before));
    }

    @Test
    void anIgnoredRequestHasNoSession() {
        visitor.get(shop, "/write?cart=tea");
        assertThat(visitor.get(shop, "/read-redirect").headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/none?no session"));
        assertThat(visitor.get(shop, "/write-redirect?cart=milk").statusCode()).isEqualTo(500);
        assertThat(visitor.body(shop, "/read")).isEqualTo("tea");
    }

    @Test
    void untilSomebodyLogsInASessionIsShort() {
        visitor.get(shop, "/write?cart=tea");
        assertThat(described()).contains("\"maxInactiveInterval\":300");
    }

    @Test
    void theEndpointShowsNodesSettingsAndSessions() {
        visitor.get(shop, "/write?cart=tea");
        assertThat(new Visitor().body(shop, "/actuator/memsession"))
                .contains("\"degraded\":false", "\"id\":\"embedded\"", "\"operationTimeout\":\"PT0.25S\"");
        assertThat(new Visitor().body(shop, "/actuator/memsession/sessions"))
                .contains("\"id\":\"" + id() + "\"", "\"attributeNames\":[\"cart\"]");
        assertThat(new Visitor().body(shop, "/actuator/memsession/sessions?principal=nobody"))
                .isEqualTo("{\"sessions\":[]}");
        HttpResponse<String> unknown = new Visitor().get(shop, "/actuator/memsession/other");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void whatAsksTheNodesIsObserved() {
        List<String> seen = new ArrayList<>();
        Thread self = Thread.currentThread();
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                seen.add(context.getName() + " "
                        + context.getLowCardinalityKeyValue("operation").getValue());
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return Thread.currentThread() == self; // a request of the test before may still end
            }
        });
        MemcachedSessionRepository repository = shop.context().getBean(MemcachedSessionRepository.class);
        repository.setObservationRegistry(registry);
        try {
            MemcachedSession session = repository.createSession();
            repository.save(session);
            repository.findById(session.getId());
            repository.deleteById(session.getId());
        } finally {
            repository.setObservationRegistry(ObservationRegistry.NOOP);
        }
        assertThat(seen)
                .containsExactly(
                        "memsession.operation save", "memsession.operation find", "memsession.operation delete");
    }

    @Test
    void statement74BootsSessionsEndpointFindsSessionsByUsername() {
        MemcachedSessionRepository repository = shop.context().getBean(MemcachedSessionRepository.class);
        MemcachedSession session = repository.createSession();
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada");
        repository.save(session);
        await().until(() -> new Visitor()
                .body(shop, "/actuator/sessions?username=ada")
                .contains("\"id\":\"" + session.getId() + "\""));
        assertThat(new Visitor().body(shop, "/actuator/sessions?username=eve")).isEqualTo("{\"sessions\":[]}");
    }

    @Test
    void metersSayWhatHappens() {
        visitor.get(shop, "/write?cart=tea");
        visitor.get(shop, "/read");
        MeterRegistry registry = shop.context().getBean(MeterRegistry.class);
        assertThat(registry.get("memsession.record.bytes").summary().mean()).isGreaterThan(10);
        assertThat(registry.get("memsession.sessions.created").counter().count())
                .isPositive();
        assertThat(registry.get("memsession.load")
                        .tag("outcome", "found")
                        .timer()
                        .count())
                .isPositive();
        assertThat(registry.get("memsession.save").timer().count()).isPositive();
        assertThat(registry.get("memsession.node.up")
                        .tag("node", "embedded")
                        .gauge()
                        .value())
                .isEqualTo(1);
        visitor.get(shop, "/logout");
        assertThat(registry.get("memsession.sessions.deleted").counter().count())
                .isPositive();
    }
}
