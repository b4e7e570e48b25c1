package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients get while no node answers, where the application would rather have new sessions than errors. */
class UnreachableSessionTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer server;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        server = Pages.on(AppServer.on(Map.of("operationTimeout", "150", "whenUnavailable", "newSession"), n1, n2));
    }

    @AfterEach
    void stop() {
        server.close();
        n1.close();
        n2.close();
    }

    @Test
    void aRequestGoesOnWithANewSessionThatIsNotKept() {
        String before = server.get("/set?name=x&value=1", "").cookie();
        n1.freeze();
        n2.freeze();

        assertThat(server.get("/get?name=x", before).body()).isEqualTo("no session");
        AppServer.Answer answer = server.get("/set?name=x&value=2", before);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.cookie()).isNotEqualTo(before).isNotEmpty();
        assertThat(server.get("/get?name=x", answer.cookie()).body()).isEqualTo("no session");

        n1.thaw();
        n2.thaw();
        await().until(() -> server.get("/get?name=x", before).body().equals("1"));
    }

    @Test
    void aChangeOfASessionThatWasReachedIsStillNotAcknowledgedUnkept() {
        String cookie = server.get("/set?name=x&value=1", "").cookie();
        server.page("/hang", (request, response) -> {
            request.getSession().setAttribute("x", "2");
            n1.freeze();
            n2.freeze();
        });
        assertThat(server.get("/hang", cookie).status()).isEqualTo(503);
    }
}
