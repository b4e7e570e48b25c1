package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.session.web.socket.config.annotation.AbstractSessionWebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;

/** A visitor who is logged in and talks over a WebSocket, by frames of STOMP 1.2. */
class WebSocketTest {
    private static final String CONNECT = "CONNECT\naccept-version:1.2\n\n\0";
    private static final String SUBSCRIBE = "SUBSCRIBE\nid:1\ndestination:/topic/cart\n\n\0";

    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    private WebSocket socket(Shop shop, String cookie) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "SESSION=" + cookie)
                .buildAsync(URI.create("ws://localhost:" + shop.port() + "/talk"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                        closed.complete(status);
                        return closed;
                    }
                })
                .join();
    }

    private static Instant lastAccess(Shop shop, String cookie) {
        String id = new String(Base64.getDecoder().decode(cookie), StandardCharsets.UTF_8);
        return Objects.requireNonNull(
                        shop.context().getBean(MemcachedSessionRepository.class).findById(id))
                .getLastAccessedTime();
    }

    @Test
    void statement47FramesAreAccessesAndTheEndOfTheSessionIsTheEndOfTheSocket() {
        try (Shop shop = Shop.start("embedded", Application.class, "memsession.access-precision=0")) {
            FormVisitor visitor = new FormVisitor();
            visitor.login(shop, "ada");
            WebSocket socket = socket(shop, visitor.session());
            Instant connected = lastAccess(shop, visitor.session());

            socket.sendText(CONNECT, true).join();
            await().until(() -> lastAccess(shop, visitor.session()).isAfter(connected));
            Instant before = lastAccess(shop, visitor.session());
            await().until(() -> {
                socket.sendText(SUBSCRIBE, true).join();
                return lastAccess(shop, visitor.session()).isAfter(before);
            });

            visitor.post(shop, shop, "/logout", Map.of());
            await().until(closed::isDone);
            assertThat(closed.join()).isEqualTo(1008);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebSocketMessageBroker
    @Import(SecuredShop.class)
    static class Application extends AbstractSessionWebSocketMessageBrokerConfigurer<MemcachedSession> {

        @Override
        protected void configureStompEndpoints(StompEndpointRegistry registry) {
            registry.addEndpoint("/talk");
        }

        @Override
        public void configureMessageBroker(MessageBrokerRegistry registry) {
            registry.enableSimpleBroker("/topic");
        }
    }
}
