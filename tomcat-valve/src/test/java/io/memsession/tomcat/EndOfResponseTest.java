package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpSession;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that has seen a response's end finds what its request changed, on any server. */
class EndOfResponseTest {
    private final CountDownLatch goOn = new CountDownLatch(1);
    private MemcachedServer n1;
    private MemcachedServer n2;
    private AppServer one;
    private AppServer two;

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = Pages.on(AppServer.on(n1, n2));
        two = Pages.on(AppServer.on(n1, n2));
    }

    @AfterEach
    void stop() {
        goOn.countDown();
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    private void pause() {
        try {
            assertThat(goOn.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aClosedWriterDoesNotEndTheResponseBeforeTheSessionIsSaved() {
        CountDownLatch closed = new CountDownLatch(1);
        one.page("/close", (request, response) -> {
            HttpSession session = request.getSession();
            try (PrintWriter out = response.getWriter()) {
                out.println("done");
            }
            response.getWriter().print("too late");
            closed.countDown();
            pause();
            session.setAttribute("x", "set after the close");
        });
        CompletableFuture<AppServer.Answer> answer = one.send("/close", "");
        await().until(() -> closed.getCount() == 0);
        await().during(Duration.ofMillis(100)).until(() -> !answer.isDone());
        goOn.countDown();
        assertThat(answer.join().body()).isEqualTo("done\r\n");
        assertThat(two.get("/get?name=x", answer.join().cookie()).body()).isEqualTo("set after the close");
    }

    @Test
    void aBodyOfKnownLengthIsNotCompleteBeforeTheSessionIsSaved() {
        byte[] body = "x".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
        one.page("/length", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.getOutputStream().flush();
            pause();
        });
        AppServer.Answer answer = one.get("/length", "");
        assertThat(answer.body()).hasSize(body.length);
        assertThat(two.get("/get?name=x", answer.cookie()).body()).isEqualTo("1");
    }

    @Test
    void aHeadWithoutBodyIsNotSentBeforeTheSessionIsSaved() {
        one.page("/empty", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            response.setStatus(204);
            response.flushBuffer();
            pause();
        });
        AppServer.Answer answer = one.get("/empty", "");
        assertThat(two.get("/get?name=x", answer.cookie()).body()).isEqualTo("1");
    }

    @Test
    void whatIsChangedAfterTheFirstBytesIsKept() {
        one.page("/late", (request, response) -> {
            HttpSession session = request.getSession();
            response.getWriter().print("begun");
            response.flushBuffer();
            session.setAttribute("x", "late");
        });
        assertThat(two.get("/get?name=x", one.get("/late", "").cookie()).body()).isEqualTo("late");
    }

    @Test
    void aForwardEndsTheResponseAsTomcatDoes() {
        one.page("/forward", (request, response) -> {
            request.getRequestDispatcher("/set?name=x&value=forwarded").forward(request, response);
            request.getSession().setAttribute("y", "after");
        });
        AppServer.Answer answer = one.get("/forward", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(two.get("/get?name=x", answer.cookie()).body()).isEqualTo("forwarded");
        assertThat(two.get("/get?name=y", answer.cookie()).body()).isEqualTo("after");
    }

    @Test
    void whatAnAsynchronousRequestChangesIsKeptAtItsEnd() {
        one.page("/async", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("first", "1");
            AsyncContext async = request.startAsync();
            async.start(() -> {
                session.setAttribute("then", "2");
                async.complete();
            });
        });
        AppServer.Answer answer = one.get("/async", "");
        assertThat(two.get("/get?name=first", answer.cookie()).body()).isEqualTo("1");
        await().until(() -> two.get("/get?name=then", answer.cookie()).body().equals("2"));
        await().until(() -> one.manager().getActiveSessions() == 0);
    }

    @Test
    void anAsynchronousDispatchIsSavedLikeARequest() {
        one.page("/dispatch", (request, response) -> {
            request.getSession().setAttribute("first", "1");
            request.startAsync().dispatch("/set?name=then&value=2");
        });
        AppServer.Answer answer = one.get("/dispatch", "");
        assertThat(two.get("/get?name=then", answer.cookie()).body()).isEqualTo("2");
        await().until(() -> one.manager().getActiveSessions() == 0);
    }

    @Test
    void anAsynchronousRequestThatTimesOutLetsItsSessionGo() {
        one.page("/timeout", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            request.startAsync().setTimeout(50);
        });
        AppServer.Answer answer = one.get("/timeout", "");
        assertThat(answer.status()).isEqualTo(500);
        await().until(() -> one.manager().getActiveSessions() == 0);
    }

    @Test
    void anExceptionInTheApplicationLosesNothing() {
        one.page("/fail", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            throw new IllegalStateException("the application failed, as this test wants it to");
        });
        AppServer.Answer answer = one.get("/fail", "");
        assertThat(answer.status()).isEqualTo(500);
        assertThat(two.get("/get?name=x", answer.cookie()).body()).isEqualTo("1");
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    @Test
    void msm366AnAsynchronousEndFromAForeignThreadComesAfterTheSave() {
        one.page("/foreign", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            Thread foreign = new Thread(() -> {
                session.setAttribute("x", request.getParameter("value"));
                async.complete();
            });
            foreign.start();
        });
        String cookie = one.get("/foreign?value=0", "").cookie();
        for (int i = 1; i <= 50; i++) {
            one.get("/foreign?value=" + i, cookie);
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("" + i);
        }
        await().until(() -> one.manager().getActiveSessions() == 0);
    }

    @Test
    void whatAListenerChangesAtATimeoutIsKeptBeforeTheEnd() {
        one.page("/late", (request, response) -> {
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            async.setTimeout(50);
            async.addListener(new jakarta.servlet.AsyncListener() {
                @Override
                public void onComplete(jakarta.servlet.AsyncEvent event) {}

                @Override
                public void onTimeout(jakarta.servlet.AsyncEvent event) {
                    session.setAttribute("x", "timed out");
                    event.getAsyncContext().complete();
                }

                @Override
                public void onError(jakarta.servlet.AsyncEvent event) {}

                @Override
                public void onStartAsync(jakarta.servlet.AsyncEvent event) {}
            });
        });
        String cookie = one.get("/late", "").cookie();
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("timed out");
    }

    @Test
    void eachEventOfAStreamComesAfterTheSave() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        one.page("/stream", (request, response) -> {
            response.setContentType("text/event-stream");
            HttpSession session = request.getSession();
            AsyncContext async = request.startAsync();
            response.flushBuffer();
            new Thread(() -> {
                        try {
                            session.setAttribute("x", "streamed");
                            async.getResponse().getWriter().write("data: x\n\n");
                            async.getResponse().flushBuffer();
                            pause();
                            async.complete();
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .start();
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        try (var socket = new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), one.port())) {
            socket.getOutputStream()
                    .write(("GET /stream HTTP/1.1\r\nHost: x\r\nCookie: JSESSIONID=" + cookie + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("data: x") < 0) {
                seen.append((char) socket.getInputStream().read());
            }
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("streamed");
        } finally {
            read.countDown();
            goOn.countDown();
        }
    }

    @Test
    void msm263ARedirectWithABodyComesAfterTheSave() {
        one.context().setSendRedirectBody(true);
        one.page("/redirect", (request, response) -> {
            request.getSession().setAttribute("x", request.getParameter("value"));
            response.sendRedirect("/get?name=x");
            pause();
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        CompletableFuture<AppServer.Answer> answer = one.send("/redirect?value=2", cookie);
        await().until(() -> two.get("/get?name=x", cookie).body().equals("2"));
        goOn.countDown();
        assertThat(answer.join().status()).isEqualTo(302);
    }

    @Test
    void whatAnErrorPageChangesIsKeptBeforeItsEnd() {
        for (AppServer server : new AppServer[] {one, two}) {
            var page = new org.apache.tomcat.util.descriptor.web.ErrorPage();
            page.setErrorCode(500);
            page.setLocation("/error");
            server.context().addErrorPage(page);
        }
        one.page("/boom", (request, response) -> {
            request.getSession().setAttribute("x", "1");
            throw new IllegalStateException("as this test wants it");
        });
        one.page("/error", (request, response) -> {
            HttpSession session = request.getSession();
            session.setAttribute("y", "by the error page, after " + session.getAttribute("x"));
            response.getWriter().print("error page");
        });
        String cookie = one.get("/set?name=x&value=0", "").cookie();
        for (int i = 0; i < 20; i++) {
            AppServer.Answer answer = one.get("/boom", cookie);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).isEqualTo("error page");
            assertThat(two.get("/get?name=y", cookie).body()).isEqualTo("by the error page, after 1");
            two.get("/remove?name=y", cookie);
        }
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    @Test
    void aFileSentByTheSystemComesAfterTheSave() throws Exception {
        java.nio.file.Path file = java.nio.file.Files.createTempFile("memsession", ".bin");
        java.nio.file.Files.write(file, new byte[200_000]);
        one.page("/file", (request, response) -> {
            request.getSession().setAttribute("x", request.getParameter("value"));
            response.setContentLength(200_000);
            request.setAttribute("org.apache.tomcat.sendfile.filename", file.toString());
            request.setAttribute("org.apache.tomcat.sendfile.start", 0L);
            request.setAttribute("org.apache.tomcat.sendfile.end", 200_000L);
        });
        String cookie = one.get("/set?name=x&value=0", "").cookie();
        for (int i = 1; i <= 20; i++) {
            assertThat(one.get("/file?value=" + i, cookie).body()).hasSize(200_000);
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("" + i);
        }
        java.nio.file.Files.delete(file);
    }

    @Test
    void whatIsChangedOutsideOfAnyRequestIsKept() {
        HttpSession[] held = new HttpSession[1];
        one.page("/hold", (request, response) -> held[0] = request.getSession());
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.get("/hold", cookie);
        await().until(() -> one.manager().getActiveSessions() == 0);
        held[0].setAttribute("x", "by a socket");
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("by a socket");
    }
}
