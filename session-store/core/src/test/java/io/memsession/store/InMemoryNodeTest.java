package io.memsession.store;

import static io.memsession.store.Answers.kind;
import static io.memsession.store.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InMemoryNodeTest extends MemcachedNodeContract {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InMemoryServer server = new InMemoryServer(() -> now);

    @Override
    protected MemcachedNode newNode() {
        return new InMemoryNode("n1", server);
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
    void countsCasIdsFromOneInEachLife() {
        InMemoryNode node = InMemoryNode.connected("n1", server);
        assertThat(result(node.add("k", new byte[1], Duration.ZERO)).token().value())
                .isEqualTo(1);
        assertThat(result(node.add("l", new byte[1], Duration.ZERO)).token().value())
                .isEqualTo(2);

        server.restart();
        result(node.probe());

        assertThat(result(node.add("k", new byte[1], Duration.ZERO)).token().value())
                .isEqualTo(1);
    }

    @Test
    void refusesWhileItsServerIsKilled() {
        InMemoryNode node = InMemoryNode.connected("n1", server);
        server.kill();

        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);

        server.start();
        result(node.probe());
        assertThat(result(node.get("k"))).isEmpty();
    }

    @Test
    void countsTheCommandsThatReachIt() {
        InMemoryNode node = InMemoryNode.connected("n1", server);
        result(node.get("k"));
        result(node.add("k", new byte[1], Duration.ZERO));
        result(node.compareAndSet("k", new CasToken(1, -1), new byte[1], Duration.ZERO));

        assertThat(server.commands()).as("the foreign token is not sent").isEqualTo(2);
    }
}
