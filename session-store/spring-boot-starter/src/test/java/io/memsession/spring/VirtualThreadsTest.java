package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.memsession.store.MemcachedServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests on virtual threads: on their way to the nodes nothing holds on to the thread that carries them. */
class VirtualThreadsTest {
    /** From then on {@code synchronized} does not pin, and what does is told by an event alone. */
    private static final int JAVA = 24;

    private static final int CLIENTS = 16;
    private static final int REQUESTS = 100;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsAJavaThatHasThem() {
        int java = Runtime.version().feature();
        if (java < JAVA) {
            System.out.println("VirtualThreadsTest is skipped on Java " + java + "; it needs " + JAVA);
        }
        assumeTrue(java >= JAVA);
    }

    /** What pins: a wait inside the initialization of a class. */
    private static final class Pinning {
        static final Object MADE = waited();

        private static Object waited() {
            try {
                return new CompletableFuture<>()
                        .orTimeout(50, TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException e) {
                return e;
            }
        }
    }

    @Test
    void noRequestIsPinnedOnItsWayToTheNodes() throws Exception {
        List<String> pinned = new ArrayList<>();
        try (MemcachedServer n1 = MemcachedServer.started();
                MemcachedServer n2 = MemcachedServer.started();
                Recording recording = new Recording()) {
            recording.enable("jdk.VirtualThreadPinned").withoutThreshold().withStackTrace();
            recording.start();
            load(n1, n2);
            onAVirtualThread(() -> assertThat(Pinning.MADE).isNotNull());
            recording.stop();
            Path file = folder.resolve("pinned.jfr");
            recording.dump(file);
            RecordingFile.readAllEvents(file).forEach(event -> pinned.add(frames(event)));
        }
        assertThat(pinned).as("the recording sees what is pinned").anyMatch(frames -> frames.contains("Pinning"));
        assertThat(pinned)
                .filteredOn(frames -> !frames.contains("Pinning"))
                .noneMatch(frames -> frames.contains("io.memsession.store")
                        || frames.contains("io.memsession.spring.Memcached")
                        || frames.contains("net.spy"));
        System.out.println("virtual threads: " + CLIENTS * REQUESTS + " requests on Java "
                + Runtime.version().feature() + ", pinned elsewhere: " + (pinned.size() - 1));
    }

    private static String frames(RecordedEvent event) {
        return event.getStackTrace().getFrames().stream()
                .map(frame -> frame.getMethod().getType().getName())
                .toList()
                .toString();
    }

    /** Many at once, who change and read their sessions; in the middle of it a node hangs. */
    private static void load(MemcachedServer n1, MemcachedServer n2) {
        PageShop.answers((request, response) -> {
            request.getSession().setAttribute("cart", request.getParameter("cart"));
            response.getWriter().print(Thread.currentThread());
        });
        try (Shop shop = Shop.start(
                n1.address("n1") + "," + n2.address("n2"),
                PageShop.class,
                Shop.withoutSecurity("spring.threads.virtual.enabled=true"))) {
            List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(
                            () -> {
                                Visitor visitor = new Visitor();
                                for (int i = 0; i < REQUESTS; i++) {
                                    if (client == 0 && i == REQUESTS / 2) {
                                        n1.freeze();
                                    }
                                    assertThat(visitor.body(shop, "/first?cart=" + i))
                                            .startsWith("VirtualThread");
                                }
                            },
                            command -> new Thread(command, "client").start()))
                    .toList();
            clients.forEach(CompletableFuture::join);
        } finally {
            n1.thaw();
        }
    }

    /** Java 17, which this is compiled for, knows no such thread. */
    private static void onAVirtualThread(Runnable action) throws Exception {
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, action);
        thread.join();
    }
}
