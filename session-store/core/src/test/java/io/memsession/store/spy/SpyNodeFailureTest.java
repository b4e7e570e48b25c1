package io.memsession.store.spy;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.kind;
import static io.memsession.store.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.Answers;
import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node does when a real memcached dies, hangs or comes back. */
@Tag("servers")
class SpyNodeFailureTest {
    private static final Duration TIMEOUT = Duration.ofMillis(400);
    private static final Duration BOUND = Duration.ofSeconds(5);

    private final MemcachedServer server = MemcachedServer.started();
    private final List<MemcachedNode> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(MemcachedNode::close);
        server.close();
        await().atMost(BOUND).until(() -> threads(server.port()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void failsWhatIsOpenWhenTheServerIsKilled(Protocol protocol) {
        MemcachedNode node = connected(protocol);
        server.freeze();
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.add(node.get("k" + i));
            open.add(node.add("k" + i, new byte[2000], Duration.ZERO));
        }

        server.kill();

        open.forEach(future -> assertThat(kind(future)).isEqualTo(NodeFailure.Kind.UNREACHABLE));
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource
    void msm384NoticesALossWhileIdle(Protocol protocol) {
        MemcachedNode node = connected(protocol);
        server.kill();

        await().atMost(BOUND).until(() -> threads(server.port()).isEmpty());
        CompletableFuture<?> get = node.get("k");

        assertThat(get).as("known at once").isDone();
        assertThat(kind(get)).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @Test
    void saysThatTheServerRefuses() {
        MemcachedNode node = node(Protocol.BINARY);
        server.kill();

        assertThat(failure(node.probe())).hasMessageContaining("n1").hasMessageContaining("refused the connection");
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @Test
    void saysThatTheHostIsUnknown() {
        MemcachedNode node = nodes().node(new NodeAddress("n1", "no-such-host.invalid", 11211));
        nodes.add(node);

        NodeFailure failure = failure(node.probe());

        assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(failure).hasMessageContaining("unknown host");
    }

    @ParameterizedTest
    @EnumSource
    void connectsAnewToARestartedServerAndKeepsOldTokensToItself(Protocol protocol) {
        MemcachedNode node = connected(protocol);
        result(node.add("k", new byte[1], Duration.ZERO));
        Copy seen = result(node.get("k")).orElseThrow();
        server.restart();
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);

        result(node.probe());
        result(node.add("k", new byte[2], Duration.ZERO));
        assertThat(result(node.get("k")).orElseThrow().token().value())
                .as("the same CAS id for another copy")
                .isEqualTo(seen.token().value());
        Written written = result(node.compareAndSet("k", seen.token(), new byte[3], Duration.ZERO));

        assertThat(written).isEqualTo(Written.OUTDATED);
        assertThat(server.stat("cas_hits") + server.stat("cas_misses") + server.stat("cas_badval"))
                .isZero();
        assertThat(server.stat("cmd_set")).as("only the add").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void waitsForAHungServerUntilDisconnected(Protocol protocol) {
        MemcachedNode node = connected(protocol);
        server.freeze();
        CompletableFuture<Optional<Copy>> get = node.get("k");
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.TIMED_OUT);
        assertThat(get).isNotDone();

        node.disconnect();

        assertThat(get).isDone();
        assertThat(kind(get)).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.probe())).as("connects, but nobody answers").isEqualTo(NodeFailure.Kind.TIMED_OUT);
        server.thaw();
        result(node.probe());
        assertThat(result(node.get("k"))).isEmpty();
    }

    @Test
    void takesALateAnswerForNoLaterQuestion() {
        MemcachedNode node = connected(Protocol.BINARY);
        result(node.add("old", new byte[1], Duration.ZERO));
        server.freeze();
        CompletableFuture<Optional<Copy>> abandoned = node.get("old");
        abandoned.completeExceptionally(new NodeFailure(NodeFailure.Kind.TIMED_OUT, "by the engine", null));
        CompletableFuture<Optional<Copy>> later = node.get("absent");
        server.thaw();

        assertThat(result(later)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rejectsWhatTheServerFindsTooLarge(Protocol protocol) {
        MemcachedNode node =
                new SpyNodes(protocol, TIMEOUT, 3 << 20, InstantSource.system()).node(server.address("n1"));
        nodes.add(node);
        result(node.probe());
        result(node.add("k", new byte[1], Duration.ZERO));
        Copy seen = result(node.get("k")).orElseThrow();

        assertThat(kind(node.add("large", new byte[2 << 20], Duration.ZERO))).isEqualTo(NodeFailure.Kind.REJECTED);

        assertThat(result(node.compareAndSet("k", seen.token(), new byte[2], Duration.ZERO))
                        .stored())
                .as("the connection is the same")
                .isTrue();
    }

    @Test
    void refusesMoreThanAHungServerCouldEverAnswer() {
        // so long that on no machine the first are given up before the last are asked
        MemcachedNode node = new SpyNodes(Protocol.BINARY, Duration.ofMinutes(1), 1_000_000, InstantSource.system())
                .node(server.address("n1"));
        nodes.add(node);
        result(node.probe());
        server.freeze();
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            open.add(node.add("k" + i, new byte[1000], Duration.ZERO));
        }

        assertThat(open.get(19_999)).isDone();
        assertThat(failure(open.get(19_999))).hasMessageContaining("questions are open");
        node.disconnect();
        assertThat(open).allMatch(CompletableFuture::isDone);
    }

    @ParameterizedTest
    @EnumSource
    void sendsOneCommandForEachQuestion(Protocol protocol) {
        MemcachedNode node = connected(protocol);
        for (int i = 0; i < 10; i++) {
            result(node.add("k" + i, new byte[10], Duration.ZERO));
        }
        long gets = server.stat("cmd_get");
        long sets = server.stat("cmd_set");
        for (int i = 0; i < 10; i++) {
            Copy seen = result(node.get("k" + i)).orElseThrow();
            result(node.compareAndSet("k" + i, seen.token(), new byte[20], Duration.ZERO));
        }
        result(node.probe());

        assertThat(server.stat("cmd_get") - gets).isEqualTo(10);
        assertThat(server.stat("cmd_set") - sets).isEqualTo(10);
        assertThat(server.stat("cas_hits")).isEqualTo(10);
        assertThat(server.stat("total_connections"))
                .as("one for the node, one for each look at the statistics, one for the start")
                .isLessThan(15);
    }

    @Test
    void leavesNoThreadAndNoFileBehind() {
        MemcachedNode node = connected(Protocol.BINARY);
        result(node.get("k"));
        int files = openFiles();
        for (int i = 0; i < 100; i++) {
            node.disconnect();
            result(node.probe());
            assertThat(result(node.get("k"))).isEmpty();
        }

        await().atMost(BOUND).until(() -> threads(server.port()).size() == 1 && openFiles() <= files + 2);
        node.close();
        await().atMost(BOUND).until(() -> threads(server.port()).isEmpty());
    }

    @Test
    void costsNoThreadWhileTheServerRefuses() {
        MemcachedNode node = node(Protocol.BINARY);
        server.kill();
        for (int i = 0; i < 50; i++) {
            assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        }

        await().atMost(BOUND).until(() -> threads(server.port()).isEmpty());
    }

    @Test
    void asksOnlyOnceWhenManyProbeAtATime() {
        MemcachedNode node = node(Protocol.BINARY);
        long before = server.stat("total_connections");
        server.freeze();
        List<CompletableFuture<Void>> probes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            probes.add(node.probe());
        }
        server.thaw();
        probes.forEach(Answers::result);

        assertThat(server.stat("total_connections") - before)
                .as("the node's, and that of these statistics")
                .isEqualTo(2);
    }

    @Test
    void listensOnADaemonThreadThatKnowsNoWebApplication() {
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(mine) {});
        try {
            result(connected(Protocol.BINARY).get("k"));
        } finally {
            Thread.currentThread().setContextClassLoader(mine);
        }

        assertThat(threads(server.port())).singleElement().satisfies(thread -> {
            assertThat(thread.getName()).isEqualTo("memsession-n1-127.0.0.1:" + server.port());
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isEqualTo(SpyNodes.class.getClassLoader());
        });
    }

    private MemcachedNode node(Protocol protocol) {
        MemcachedNode node =
                new SpyNodes(protocol, TIMEOUT, 1_000_000, InstantSource.system()).node(server.address("n1"));
        nodes.add(node);
        return node;
    }

    private static SpyNodes nodes() {
        return new SpyNodes(Protocol.BINARY, TIMEOUT, 1_000_000, InstantSource.system());
    }

    private MemcachedNode connected(Protocol protocol) {
        MemcachedNode node = node(protocol);
        result(node.probe());
        return node;
    }

    static List<Thread> threads(int port) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("memsession-")
                        && thread.getName().endsWith(":" + port))
                .toList();
    }

    private static int openFiles() {
        String[] files = new java.io.File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}
