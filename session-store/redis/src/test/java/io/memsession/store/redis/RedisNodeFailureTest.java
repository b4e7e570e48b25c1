package io.memsession.store.redis;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.kind;
import static io.memsession.store.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.Answers;
import io.memsession.store.CasToken;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node does when a real Redis dies, hangs, refuses, or comes back. */
@Tag("servers")
class RedisNodeFailureTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final List<MemcachedNode> nodes = new ArrayList<>();
    private final List<RedisServer> servers = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(MemcachedNode::close);
        servers.forEach(RedisServer::close);
        await().atMost(BOUND).until(() -> threads().isEmpty());
    }

    @Test
    void failsWhatIsOpenWhenTheServerIsKilledAndSendsNothingAgain() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        server.freeze();
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            open.add(node.get("k" + i));
            open.add(node.set("k" + i, new byte[2000], Duration.ZERO));
        }

        server.restart();

        open.forEach(future -> assertThat(kind(future)).isEqualTo(NodeFailure.Kind.UNREACHABLE));
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        result(node.probe());
        assertThat(result(node.keys("k"))).isEmpty();
    }

    @Test
    void noticesALossWhileIdle() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        server.kill();

        await().atMost(BOUND).until(() -> node.connection() == 0);
        assertThat(node.get("k")).as("known at once").isDone();
    }

    @Test
    void saysThatTheServerRefuses() {
        RedisServer server = server();
        server.kill();
        assertThat(kind(node(server).probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @Test
    void givesUpAServerThatHangs() {
        RedisServer server = server();
        MemcachedNode node = node(server);
        server.freeze();
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.TIMED_OUT);
        server.thaw();
        result(node.probe());
        server.freeze();
        assertThat(kind(node.keys("k"))).as("a list has a deadline too").isEqualTo(NodeFailure.Kind.TIMED_OUT);
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.TIMED_OUT);
    }

    @Test
    void refusesMoreThanAHungServerCouldEverAnswer() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        server.freeze();
        List<CompletableFuture<?>> open = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            open.add(node.add("k" + i, new byte[100], Duration.ZERO));
        }

        assertThat(failure(open.get(19_999))).hasMessageContaining("questions are open");
        node.disconnect();
        assertThat(open).allMatch(CompletableFuture::isDone);
    }

    @Test
    void refusesATokenOfAnotherConnectionUnsent() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        Written kept = result(node.add("k", new byte[1], Duration.ZERO));
        long scripts = server.info("total_commands_processed");

        CasToken other = new CasToken(kept.token().value(), kept.token().connection() + 1);
        assertThat(result(node.compareAndSet("k", other, new byte[2], Duration.ZERO)))
                .isEqualTo(Written.OUTDATED);
        assertThat(result(node.drop("k", other))).isEqualTo(Written.OUTDATED);

        assertThat(server.info("total_commands_processed") - scripts)
                .as("the question before this one")
                .isEqualTo(1);
    }

    @Test
    void dropsTheCopyThatWasSeenAndNoOther() {
        MemcachedNode node = connected(server());
        Written first = result(node.add("k", new byte[1], Duration.ZERO));
        Written second = result(node.set("k", new byte[1], Duration.ZERO));

        assertThat(result(node.drop("k", first.token()))).isEqualTo(Written.OUTDATED);
        assertThat(result(node.drop("k", second.token())).stored()).isTrue();
        assertThat(result(node.drop("k", second.token()))).isEqualTo(Written.GONE);
    }

    @Test
    void aValueOfSomebodyElseIsAnEmptyCopy() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        server.command("SET k short");
        assertThat(result(node.get("k")).orElseThrow().value()).isEmpty();
        server.command("LPUSH list x");
        assertThat(failure(node.get("list"))).hasMessageContaining("WRONGTYPE");
        assertThat(result(node.get("none"))).as("the connection is the same").isEmpty();
    }

    @Test
    void listsKeysThatLookLikePatternsAndManyOfThem() {
        MemcachedNode node = connected(server());
        List<CompletableFuture<Written>> adds = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            adds.add(node.add("app[*]?^\\:" + i, new byte[1], Duration.ZERO));
        }
        adds.add(node.add("appx:1", new byte[1], Duration.ZERO));
        adds.forEach(Answers::result);

        assertThat(result(node.keys("app[*]?^\\:"))).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void rejectsWhatAFullServerDoesNotKeep() {
        RedisServer server = server("--maxmemory", "1000");
        MemcachedNode node = connected(server);
        assertThat(failure(node.add("k", new byte[10], Duration.ZERO)))
                .hasMessageContaining("OOM")
                .extracting(NodeFailure::kind)
                .isEqualTo(NodeFailure.Kind.REJECTED);
    }

    @Test
    void logsInAndSaysThatItCannot() {
        RedisServer server = server("--requirepass", "secret");
        MemcachedNode node = node(server, "redis://:secret@", "/3");
        result(node.probe());
        result(node.set("k", new byte[1], Duration.ZERO));
        MemcachedNode elsewhere = node(server, "redis://default:secret@", "");
        result(elsewhere.probe());
        assertThat(result(elsewhere.get("k")))
                .as("it is in the fourth database")
                .isEmpty();

        assertThat(failure(node(server, "redis://:wrong@", "").probe()))
                .hasMessageContaining("refuses the login (WRONGPASS")
                .hasMessageNotContaining("wrong@");
        assertThat(failure(node(server).probe())).hasMessageContaining("NOAUTH");
    }

    @Test
    void needsOfAUserTheCommandsThatTheDocumentNamesAndNoMore() {
        RedisServer server = server();
        server.command("ACL SETUSER shop on >secret ~* -@all +get +set +eval +del +getrange +scan +info");
        MemcachedNode node = node(server, "redis://shop:secret@", "");
        result(node.probe());
        Written kept = result(node.add("k", new byte[1], Duration.ZERO));
        kept = result(node.compareAndSet("k", kept.token(), new byte[2], Duration.ZERO));
        assertThat(result(node.keys("k"))).containsExactly("k");
        assertThat(result(node.statistics(""))).containsKey("life");
        assertThat(result(node.drop("k", kept.token())).stored()).isTrue();

        server.command("ACL SETUSER shop -info");
        assertThat(failure(node(server, "redis://shop:secret@", "").probe()))
                .hasMessageContaining("the 'info' command");
        server.command("ACL SETUSER shop -eval");
        MemcachedNode opaque = new RedisNodes()
                .connector(TIMEOUT, 1_000_000)
                .opaque(NodeAddress.parseList("nodes", "n1:redis://shop:secret@127.0.0.1:" + server.port())
                        .get(0));
        nodes.add(opaque);
        assertThat(failure(opaque.probe())).hasMessageContaining("the 'eval' command");
    }

    @Test
    void takesNoServerThatFollowsAnother() {
        RedisServer server = server();
        MemcachedNode node = connected(server);
        result(node.set("k", new byte[1], Duration.ZERO));
        String life = result(node.statistics("")).get("life");
        server.command("REPLICAOF 127.0.0.1 1");

        assertThat(kind(node.set("k", new byte[2], Duration.ZERO))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(failure(node.probe())).hasMessageContaining("follows another Redis");

        server.command("REPLICAOF NO ONE");
        result(node.probe());
        assertThat(result(node.statistics("")).get("life")).isNotEqualTo(life);
    }

    @Test
    void connectsOnDaemonThreadsThatKnowNoWebApplication() {
        ClassLoader mine = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(new ClassLoader(mine) {});
        try {
            result(connected(server()).get("k"));
        } finally {
            Thread.currentThread().setContextClassLoader(mine);
        }

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("memsession-"))
                .isNotEmpty()
                .allMatch(Thread::isDaemon)
                .allMatch(thread -> thread.getContextClassLoader() == RedisNodes.class.getClassLoader());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("memsession-") || name.contains("lettuce"))
                .toList();
    }

    private RedisServer server(String... options) {
        RedisServer server = RedisServer.started(options);
        servers.add(server);
        return server;
    }

    private MemcachedNode node(RedisServer server) {
        return node(server, "redis://", "");
    }

    private MemcachedNode node(RedisServer server, String before, String behind) {
        NodeAddress address = NodeAddress.parseList("nodes", "n1:" + before + "127.0.0.1:" + server.port() + behind)
                .get(0);
        MemcachedNode node = new RedisNodes().connector(TIMEOUT, 1_000_000).node(address);
        nodes.add(node);
        return node;
    }

    private MemcachedNode connected(RedisServer server) {
        MemcachedNode node = node(server);
        result(node.probe());
        return node;
    }
}
