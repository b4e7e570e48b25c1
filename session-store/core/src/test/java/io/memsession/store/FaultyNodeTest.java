package io.memsession.store;

import static io.memsession.store.Answers.kind;
import static io.memsession.store.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultyNodeTest extends MemcachedNodeContract {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final InMemoryServer server = new InMemoryServer(clock);
    private final FaultyNode node = new FaultyNode(InMemoryNode.connected("n1", server));

    @Override
    protected MemcachedNode newNode() {
        return new FaultyNode(new InMemoryNode("n1", server));
    }

    @Override
    protected void restartServer() {
        server.restart();
    }

    @Override
    protected void letPass(Duration time) {
        now = now.plus(time);
    }

    @Test
    void failsAsItIsTold() {
        node.refuse();
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        node.reject();
        assertThat(kind(add())).isEqualTo(NodeFailure.Kind.REJECTED);
        result(node.probe());
        node.fail(NodeFailure.Kind.TIMED_OUT);
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.TIMED_OUT);
        node.heal();

        assertThat(result(node.get("k"))).isEmpty();
        assertThat(server.commands()).isEqualTo(1);
    }

    @Test
    void carriesOutLateWhatCameWhileItHung() {
        node.hang();
        CompletableFuture<Written> add = add();
        CompletableFuture<Void> probe = node.probe();
        assertThat(add).isNotDone();
        assertThat(probe).isNotDone();

        node.heal();

        assertThat(result(add).stored()).isTrue();
        result(probe);
    }

    @Test
    void carriesOutLateEvenWhatNobodyWaitsForAnyMore() {
        Copy seen = kept();
        node.hang();
        CompletableFuture<Written> write = node.compareAndSet("k", seen.token(), new byte[2], Duration.ZERO);
        node.disconnect();
        assertThat(kind(write)).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);

        node.heal();

        assertThat(server.value("k"))
                .hasValueSatisfying(value -> assertThat(value).hasSize(2));
        assertThat(kind(node.get("k"))).as("that connection was dropped").isEqualTo(NodeFailure.Kind.UNREACHABLE);
        result(node.probe());
        assertThat(result(node.get("k"))).isPresent();
    }

    @Test
    void losesTheAnswerToWhatItDid() {
        node.loseAnswers(NodeFailure.Kind.TIMED_OUT);

        assertThat(kind(add())).isEqualTo(NodeFailure.Kind.TIMED_OUT);

        assertThat(server.keys()).containsExactly("k");
    }

    @Test
    void letsSomebodyElseWriteInBetween() {
        Copy seen = kept();
        node.before(() -> server.put("k", new byte[3]));

        assertThat(result(node.compareAndSet("k", seen.token(), new byte[2], Duration.ZERO)))
                .isEqualTo(Written.OUTDATED);
    }

    @Test
    void saysWhatItIs() {
        node.hang();

        assertThat(node).hasToString("faulty(hanging, in-memory n1)");
    }

    private Copy kept() {
        result(add());
        Optional<Copy> copy = result(node.get("k"));
        return copy.orElseThrow();
    }

    private CompletableFuture<Written> add() {
        return node.add("k", new byte[1], Duration.ZERO);
    }
}
