package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.SessionStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Statements 59 to 61: WebFlux applications, whose event loops nothing blocks. */
class ReactiveTest {
    private static ReactiveWebServerApplicationContext context;

    @BeforeAll
    static void start() {
        BlockHound.install();
        context = (ReactiveWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
                .properties(
                        "memsession.nodes=embedded",
                        "server.port=0",
                        "spring.main.web-application-type=reactive",
                        "spring.main.banner-mode=off",
                        "spring.session.timeout=7m")
                .run();
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void statement61BlockHoundIsOnGuardInAllTheseTests() {
        assertThatThrownBy(() -> Mono.fromCallable(() -> {
                            Thread.sleep(1);
                            return 1;
                        })
                        .subscribeOn(Schedulers.parallel())
                        .block())
                .hasRootCauseInstanceOf(BlockingOperationError.class);
    }

    @Test
    void statement59TheRepositoryWorksFromAnEventLoop() {
        try (SessionStore store = new Stores().open()) {
            ReactiveMemcachedSessionRepository repository =
                    new ReactiveMemcachedSessionRepository(new MemcachedSessionRepository(
                            store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30)));
            MemcachedSession session = onAnEventLoop(repository.createSession());
            session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada");
            onAnEventLoop(repository.save(session).thenReturn(true));

            assertThat(onAnEventLoop(repository.findById(session.getId())).getAttributeNames())
                    .hasSize(1);
            assertThat(onAnEventLoop(repository.findByPrincipalName("ada"))).containsOnlyKeys(session.getId());
            onAnEventLoop(repository.deleteById(session.getId()).thenReturn(true));
            assertThat(onAnEventLoop(repository.findById(session.getId()).hasElement()))
                    .isFalse();
        }
    }

    private static <T> T onAnEventLoop(Mono<T> mono) {
        return Objects.requireNonNull(Mono.just(1)
                .publishOn(Schedulers.parallel())
                .flatMap(one -> mono)
                .block(Duration.ofSeconds(20)));
    }

    @Test
    void statement60AWebSessionGoesOnWithItsCookie() throws Exception {
        HttpResponse<String> written = get("/write?cart=tea", null);
        assertThat(written.statusCode()).isEqualTo(200);
        String cookie = written.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        assertThat(get("/read", cookie).body()).isEqualTo("tea PT7M");
        HttpResponse<String> renamed = get("/rename", cookie);
        String after = renamed.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        assertThat(get("/read", after).body()).isEqualTo("tea PT7M");
        assertThat(get("/read", cookie).body()).startsWith("null");
        get("/end", after);
        assertThat(get("/read", after).body()).startsWith("null");
    }

    private static HttpResponse<String> get(String path, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + context.getWebServer().getPort() + path));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Pages.class)
    static class Application {
        @Bean
        SecurityWebFilterChain open(ServerHttpSecurity http) {
            return http.authorizeExchange(exchange -> exchange.anyExchange().permitAll())
                    .build();
        }
    }

    @RestController
    static class Pages {
        @GetMapping("/write")
        Mono<String> write(WebSession session, @RequestParam String cart) {
            session.getAttributes().put("cart", cart);
            return Mono.just(cart);
        }

        @GetMapping("/read")
        Mono<String> read(WebSession session) {
            return Mono.just(session.getAttribute("cart") + " " + session.getMaxIdleTime());
        }

        @GetMapping("/rename")
        Mono<String> rename(WebSession session) {
            return session.changeSessionId().thenReturn("renamed");
        }

        @GetMapping("/end")
        Mono<String> end(WebSession session) {
            return session.invalidate().thenReturn("ended");
        }
    }
}
