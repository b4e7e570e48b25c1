package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Asynchronous requests that fail, and what they had changed. */
class AsyncErrorTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    @AutoClose
    private final AppServer one = Pages.on(AppServer.on(n1, n2));

    @AutoClose
    private final AppServer two = Pages.on(AppServer.on(n1, n2));

    /** Changes the session when its request fails, and ends the request. */
    private record Failing(HttpSession session) implements AsyncListener {
        @Override
        public void onError(AsyncEvent event) {
            session.setAttribute("x", "after " + event.getThrowable().getMessage());
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    private void assertKept(String path, String value) {
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        for (int i = 0; i < 5; i++) {
            one.send(path, cookie).exceptionally(cutOff -> null).join(); // as Tomcat does where a thread failed
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo(value);
            two.get("/set?name=x&value=1", cookie);
        }
        await().until(() -> one.manager().getActiveSessions() == 0);
    }

    @Test
    void whatAListenerChangesAtAnErrorIsKeptBeforeTheEnd() {
        one.page("/fail", (request, response) -> {
            AsyncContext async = request.startAsync();
            async.addListener(new Failing(request.getSession()));
            throw new IllegalStateException("a failure that this test wants");
        });
        assertKept("/fail", "after a failure that this test wants");
    }

    @Test
    void whatAThreadChangedBeforeItFailedIsKeptAndTheSessionLetGo() {
        one.page("/fail", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            async.setTimeout(50);
            async.start(() -> {
                session.setAttribute("x", "before");
                throw new IllegalStateException("a failure that this test wants");
            });
        });
        assertKept("/fail", "before");
    }

    @Test
    void whatADispatchChangesThatFailsIsKept() {
        one.page("/dispatch", (request, response) -> request.startAsync().dispatch("/fail"));
        one.page("/fail", (request, response) -> {
            request.getSession().setAttribute("x", "dispatched");
            throw new IllegalStateException("a failure that this test wants");
        });
        assertKept("/dispatch", "dispatched");
    }
}
