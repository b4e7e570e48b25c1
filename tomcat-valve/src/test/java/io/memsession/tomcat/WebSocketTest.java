package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.tomcat.websocket.server.WsSci;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a WebSocket's endpoint changes in the session that its handshake belongs to is kept, long after the handshake.
 */
class WebSocketTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer one;
    private AppServer two;

    /** Writes each message into the session, from a thread that handles no request. */
    public static final class Noting extends Endpoint {
        @Override
        public void onOpen(Session socket, EndpointConfig config) {
            HttpSession session = (HttpSession) config.getUserProperties().get("session");
            socket.addMessageHandler(new MessageHandler.Whole<String>() {
                @Override
                public void onMessage(String message) {
                    session.setAttribute("x", message);
                }
            });
        }
    }

    private static final class Handshake extends ServerEndpointConfig.Configurator {
        @Override
        public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
            HttpSession session = (HttpSession) request.getHttpSession();
            session.setAttribute("y", "by the handshake");
            config.getUserProperties().put("session", session);
        }
    }

    private static final class Deployer implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServerContainer container =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(Noting.class, "/socket")
                        .configurator(new Handshake())
                        .build());
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = Pages.on(AppServer.on(Map.of(), WebSocketTest::withSocket, n1, n2));
        two = Pages.on(AppServer.on(n1, n2));
    }

    private static void withSocket(Context context) {
        context.addServletContainerInitializer(new WsSci(), null);
        ((StandardContext) context).addApplicationLifecycleListener(new Deployer());
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    @Test
    void whatHandshakeAndMessagesChangeIsKept() {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Cookie", "JSESSIONID=" + cookie)
                .buildAsync(URI.create("ws://127.0.0.1:" + one.port() + "/socket"), new WebSocket.Listener() {})
                .join();
        assertThat(two.get("/get?name=y", cookie).body()).isEqualTo("by the handshake");
        for (String message : new String[] {"first", "second"}) {
            socket.sendText(message, true).join();
            await().until(() -> two.get("/get?name=x", cookie).body().equals(message));
        }
        two.get("/set?name=x&value=elsewhere", cookie);
        socket.sendText("third", true).join();
        await().until(() -> two.get("/get?name=x", cookie).body().equals("third"));
        socket.abort();
    }
}
