package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.session.web.http.HeaderHttpSessionIdResolver;
import org.springframework.session.web.http.HttpSessionIdResolver;

/** An application whose clients show their session in a header. */
class HeaderIdTest {

    private static HttpResponse<String> get(Shop shop, String path, String id) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + shop.port() + path))
                .header("X-Auth-Token", id)
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void statement58TheSessionMayBeNamedByAHeader() throws Exception {
        try (Shop shop = Shop.start("embedded", Application.class, Shop.withoutSecurity())) {
            HttpResponse<String> written = get(shop, "/write?cart=tea", "none");
            String id = written.headers().firstValue("X-Auth-Token").orElseThrow();
            assertThat(Visitor.cookies(written)).isEmpty();
            assertThat(get(shop, "/read", id).body()).isEqualTo("tea");
            HttpResponse<String> ended = get(shop, "/logout", id);
            assertThat(ended.headers().firstValue("X-Auth-Token")).contains("");
            assertThat(get(shop, "/read", id).body()).isEqualTo("no session");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Shop.Pages.class)
    static class Application {
        @Bean
        HttpSessionIdResolver header() {
            return HeaderHttpSessionIdResolver.xAuthToken();
        }
    }
}
