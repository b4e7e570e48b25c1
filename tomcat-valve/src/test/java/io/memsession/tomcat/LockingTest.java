package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.CommandCost;
import io.memsession.store.MemcachedServer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that have their session to themselves, on whatever server they are. */
class LockingTest {
    private MemcachedServer n1;
    private MemcachedServer n2;
    private final List<AppServer> servers = new ArrayList<>();

    @BeforeEach
    void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
    }

    @AfterEach
    void stop() {
        servers.forEach(AppServer::close);
        n1.close();
        n2.close();
    }

    private AppServer server(String... attributes) {
        return server(context -> {}, attributes);
    }

    private AppServer server(Consumer<Context> more, String... attributes) {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            all.put(attributes[i], attributes[i + 1]);
        }
        AppServer server = Pages.on(AppServer.on(all, more, n1, n2));
        server.page("/count", (request, response) -> {
            Object count = request.getSession().getAttribute("count");
            int next = count == null ? 1 : (Integer) count + 1;
            request.getSession().setAttribute("count", next);
            response.getWriter().print(next);
        });
        servers.add(server);
        return server;
    }

    private static void countInParallel(String cookie, int times, AppServer... servers) {
        inParallel("/count", cookie, times, servers);
    }

    private static void inParallel(String path, String cookie, int times, AppServer... servers) {
        List<CompletableFuture<AppServer.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(servers[i % servers.length].send(path, cookie));
        }
        answers.forEach(answer -> assertThat(answer.join().status()).isEqualTo(200));
    }

    @Test
    void msm172AllRequestsInTurnMakeACounterExact() {
        AppServer one = server("lockingMode", "all");
        AppServer two = server("lockingMode", "all");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        countInParallel(cookie, 50, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("50");
    }

    @Test
    void aValveThatLooksFirstDoesNotUndoTheLock() {
        AppServer one = server(context -> addLooking(context, () -> {}), "lockingMode", "all");
        AppServer two = server(context -> addLooking(context, () -> {}), "lockingMode", "all");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        countInParallel(cookie, 50, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("50");
    }

    @Test
    void whoLookedAndThenWaitedForTheEndFindsNoSession() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        AppServer one = server("lockingMode", "all");
        AppServer two = server(context -> addLooking(context, looked::countDown), "lockingMode", "all");
        one.page("/end", (request, response) -> {
            reached.countDown();
            await(looked);
            request.getSession().invalidate();
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        CompletableFuture<AppServer.Answer> ending = one.send("/end", cookie);
        await(reached);
        assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("no session");
        assertThat(ending.join().status()).isEqualTo(200);
    }

    private static void addLooking(Context context, Runnable looked) {
        context.getParent().getPipeline().addValve(new Looking(looked));
    }

    /** Asks for the session of every request. */
    private static final class Looking extends ValveBase {
        private final Runnable looked;

        private Looking(Runnable looked) {
            super(true);
            this.looked = looked;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            request.getSessionInternal(false);
            looked.run();
            getNext().invoke(request, response);
        }
    }

    @Test
    void anAsynchronousRequestHasItsSessionToItselfUntilItsEnd() {
        AppServer one = server("lockingMode", "all");
        AppServer two = server("lockingMode", "all");
        for (AppServer server : List.of(one, two)) {
            server.page("/later", (request, response) -> {
                AsyncContext async = request.startAsync();
                async.start(() -> {
                    HttpSession session = ((HttpServletRequest) async.getRequest()).getSession();
                    Object count = session.getAttribute("count");
                    session.setAttribute("count", count == null ? 1 : (Integer) count + 1);
                    async.complete();
                });
            });
        }
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        inParallel("/later", cookie, 30, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("30");
    }

    @Test
    void theyStayExactWithTheTextProtocolAndWithOneNodeDown() {
        AppServer one = server("lockingMode", "all", "memcachedProtocol", "text");
        AppServer two = server("lockingMode", "all", "memcachedProtocol", "text");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        countInParallel(cookie, 10, one, two);
        n1.kill();
        one.get("/get?name=x", cookie);
        two.get("/get?name=x", cookie);
        countInParallel(cookie, 20, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("30");
    }

    @Test
    void aPatternSaysWhichRequestsLock() {
        AppServer one = server("lockingMode", "uriPattern:/count");
        AppServer two = server("lockingMode", "uriPattern:GET /count.*");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        countInParallel(cookie, 20, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("20");
        assertThat(one.manager().statistics().locksTaken.sum()).isEqualTo(10);
    }

    @Test
    void autoLearnsWhichRequestsOnlyRead() {
        AppServer one = server("lockingMode", "auto");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        for (int i = 0; i < 5; i++) {
            one.get("/get?name=x", cookie);
            one.get("/count", cookie);
        }
        assertThat(one.manager().statistics().locksTaken.sum()).isEqualTo(6);
    }

    /** msm learned nothing of requests that came at the same time. */
    @Test
    void msm237AutoKeepsACounterExactWhateverComesAtOnce() {
        AppServer one = server("lockingMode", "auto");
        AppServer two = server("lockingMode", "auto");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        countInParallel(cookie, 30, one, two);
        assertThat(two.get("/get?name=count", cookie).body()).isEqualTo("30");
        one.get("/get?name=x", cookie);
        long before = one.manager().statistics().locksTaken.sum();
        one.get("/get?name=x", cookie);
        one.get("/count", cookie);
        assertThat(one.manager().statistics().locksTaken.sum() - before).isEqualTo(1);
    }

    @Test
    void aLockCostsTwoCommandsMoreOnEachNode() {
        AppServer one = server("lockingMode", "all");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        one.get("/get?name=x", cookie);
        new CommandCost(n1, n2).is(6, attempt -> one.get("/get?name=x", cookie));
    }

    @Test
    void msm357WhoWaitsInVainIsToldSo() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AppServer one = server("lockingMode", "all");
        AppServer two = server("lockingMode", "all", "lockTimeout", "200", "lockUnavailableStatus", "409");
        one.page("/long", (request, response) -> {
            request.getSession().setAttribute("long", "1");
            reached.countDown();
            await(goOn);
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        CompletableFuture<AppServer.Answer> held = one.send("/long", cookie);
        await(reached);
        assertThat(two.get("/count", cookie).status()).isEqualTo(409);
        goOn.countDown();
        assertThat(held.join().status()).isEqualTo(200);
        assertThat(two.get("/count", cookie).body()).isEqualTo("1");
        assertThat(two.get("/get?name=long", cookie).body()).isEqualTo("1");
    }

    @Test
    void msm306ALeaseIsRenewedWhileItsRequestRuns() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AppServer one = server("lockingMode", "all", "lockExpiration", "2");
        AppServer two = server("lockingMode", "all", "lockTimeout", "4000");
        one.page("/long", (request, response) -> {
            request.getSession().setAttribute("count", 100);
            reached.countDown();
            await(goOn);
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        CompletableFuture<AppServer.Answer> held = one.send("/long", cookie);
        await(reached);
        assertThat(two.get("/count", cookie).status()).isEqualTo(503);
        goOn.countDown();
        assertThat(held.join().status()).isEqualTo(200);
        assertThat(two.get("/count", cookie).body()).isEqualTo("101");
    }

    @Test
    void whoLostItsLeaseKeepsNothingAndIsToldSo() {
        AppServer one = server("lockingMode", "all", "lockExpiration", "2", "lockUnavailableStatus", "409");
        AppServer two = server("lockingMode", "all");
        String cookie = one.get("/set?name=count&value=x", "").cookie();
        one.get("/remove?name=count", cookie);
        one.page("/long", (request, response) -> {
            request.getSession().setAttribute("count", 100);
            n1.freeze();
            n2.freeze();
            Awaitility.await().pollDelay(Duration.ofMillis(2200)).until(() -> true); // nobody can renew it
            n1.thaw();
            n2.thaw();
            Awaitility.await().until(() -> two.get("/count", cookie).body().equals("1"));
        });

        assertThat(one.get("/long", cookie).status()).isEqualTo(409);
        assertThat(two.get("/count", cookie).body()).isEqualTo("2");
    }

    @Test
    void aLeaseEndsByItselfWhenItsHolderIsGone() {
        AppServer one = server("lockingMode", "all", "lockExpiration", "2");
        AppServer two = server("lockingMode", "all");
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        var id = io.memsession.store.SessionId.routed(cookie).orElseThrow();
        var dead = one.manager().store().lease(id, java.time.Duration.ofSeconds(2));
        assertThat(dead).isPresent();
        one.close(); // nobody renews it any more
        servers.remove(one);
        assertThat(two.get("/count", cookie).body()).isEqualTo("1");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(15, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
