package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests of one session that are in flight at the same time. */
class SharedRequestsTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static AppServer one;
    private static AppServer two;

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        one = Pages.on(AppServer.on(n1, n2));
        two = Pages.on(AppServer.on(n1, n2));
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    @Test
    void oneServerHasOneObjectOfASession() {
        Set<Integer> objects = ConcurrentHashMap.newKeySet();
        CyclicBarrier together = new CyclicBarrier(4);
        one.page("/together", (request, response) -> {
            Object cart = request.getSession().getAttribute("cart");
            meet(together);
            objects.add(System.identityHashCode(cart));
            synchronized (cart) {
                ((Pages.Cart) cart).items().add(request.getParameter("item"));
            }
            meet(together);
        });
        String cookie = one.get("/cart?add=tea", "").cookie();
        List<CompletableFuture<AppServer.Answer>> answers = IntStream.range(0, 4)
                .mapToObj(i -> one.send("/together?item=" + i, cookie))
                .toList();
        answers.forEach(CompletableFuture::join);
        assertThat(objects).hasSize(1);
        assertThat(two.get("/cart", cookie).body()).contains("tea", "0", "1", "2", "3");
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    @Test
    void msm280NothingIsLostAmongSixClientsOnTwoServers() {
        String cookie = one.get("/set?name=begun&value=1", "").cookie();
        int times = 60;
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int client = 0; client < 6; client++) {
            String name = "client" + client;
            clients.add(CompletableFuture.runAsync(() -> {
                for (int i = 1; i <= times; i++) {
                    AppServer server = i % 2 == 0 ? one : two;
                    assertThat(server.get("/set?name=" + name + "&value=" + i, cookie)
                                    .status())
                            .isEqualTo(200);
                    AppServer other = i % 2 == 0 ? two : one;
                    assertThat(other.get("/get?name=" + name, cookie).body()).isEqualTo("" + i);
                }
            }));
        }
        clients.forEach(CompletableFuture::join);
        for (int client = 0; client < 6; client++) {
            assertThat(one.get("/get?name=client" + client, cookie).body()).isEqualTo("" + times);
        }
        assertThat(one.manager().getActiveSessions()).isZero();
        assertThat(two.manager().getActiveSessions()).isZero();
    }

    @Test
    void aLaterRequestBringsWhatAnotherServerChangedToTheSharedSession() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        one.page("/long", (request, response) -> {
            request.getSession().getAttribute("x");
            reached.countDown();
            await(goOn);
            response.getWriter().print(request.getSession().getAttribute("x"));
        });
        String cookie = one.get("/set?name=x&value=old", "").cookie();
        CompletableFuture<AppServer.Answer> answer = one.send("/long", cookie);
        await(reached);
        two.get("/set?name=x&value=new", cookie);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("new");
        goOn.countDown();
        assertThat(answer.join().body()).isEqualTo("new");
    }

    @Test
    void anEndSeenByOneRequestIsSeenByTheOthers() {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        one.page("/stay", (request, response) -> {
            request.getSession().setAttribute("y", "2");
            reached.countDown();
            await(goOn);
        });
        String cookie = one.get("/set?name=x&value=1", "").cookie();
        CompletableFuture<AppServer.Answer> answer = one.send("/stay", cookie);
        await(reached);
        two.get("/invalidate", cookie);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
        goOn.countDown();
        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("no session");
        assertThat(one.manager().getActiveSessions()).isZero();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
