package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.memsession.store.MemcachedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.Session;

/** A login through an authorization server that begins on one app server and comes back to the other. */
class OAuth2Test {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static HttpServer stub;
    private static Shop one;
    private static Shop two;

    @BeforeAll
    static void start() throws IOException {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stub.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        "{\"access_token\":\"t\",\"token_type\":\"Bearer\",\"expires_in\":3600,\"scope\":\"profile\"}"));
        stub.createContext("/user", exchange -> answer(exchange, "{\"name\":\"ada\",\"roles\":[\"buyer\"]}"));
        stub.start();
        String at = "http://localhost:" + stub.getAddress().getPort();
        String nodes = n1.address("n1") + "," + n2.address("n2");
        String client = "spring.security.oauth2.client.registration.stub.";
        String provider = "spring.security.oauth2.client.provider.stub.";
        String[] settings = {
            "spring.application.name=oauth",
            client + "client-id=shop",
            client + "client-secret=secret",
            client + "authorization-grant-type=authorization_code",
            client + "redirect-uri={baseUrl}/login/oauth2/code/{registrationId}",
            client + "scope=profile",
            provider + "authorization-uri=" + at + "/authorize",
            provider + "token-uri=" + at + "/token",
            provider + "user-info-uri=" + at + "/user",
            provider + "user-name-attribute=name"
        };
        one = Shop.start(nodes, Application.class, settings);
        two = Shop.start(nodes, Application.class, settings);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        stub.stop(0);
        n1.close();
        n2.close();
    }

    @Test
    void aLoginThatBeganOnOneEndsOnTheOther() {
        FormVisitor visitor = new FormVisitor();
        HttpResponse<String> begun = visitor.get(one, "/oauth2/authorization/stub");
        String authorize = begun.headers().firstValue("Location").orElseThrow();
        assertThat(URI.create(authorize).getPath()).isEqualTo("/authorize");
        Matcher state = Pattern.compile("[?&]state=([^&]+)").matcher(authorize);
        assertThat(state.find()).isTrue();

        // the address to come back to is the balancer's, so both app servers have the same name for it
        HttpResponse<String> back = visitor.get(two, "/login/oauth2/code/stub?code=c&state=" + state.group(1));

        assertThat(back.headers().firstValue("Location").orElseThrow()).doesNotContain("error");
        assertThat(visitor.body(one, "/me")).isEqualTo("ada");
        assertThat(visitor.body(two, "/me")).isEqualTo("ada");
        FindByIndexNameSessionRepository<? extends Session> sessions =
                one.context().getBean(MemcachedSessionRepository.class);
        assertThat(sessions.findByPrincipalName("ada")).hasSize(1);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(SecuredShop.Pages.class)
    static class Application {
        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2Login(Customizer.withDefaults())
                    .build();
        }
    }
}
