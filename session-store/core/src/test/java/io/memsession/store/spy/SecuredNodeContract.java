package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.Answers;
import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedNodeContract;
import io.memsession.store.SecuredServer;
import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.Written;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A {@link SpyNode} over a real memcached whose line is secured. */
abstract class SecuredNodeContract extends MemcachedNodeContract {
    private final SecuredServer server;
    private final Protocol protocol;
    private final boolean listsKeys;
    private long timeout = 5000;

    SecuredNodeContract(Protocol protocol, boolean listsKeys, Wants first, Wants... more) {
        this.server = SecuredServer.started(first, more);
        this.protocol = protocol;
        this.listsKeys = listsKeys;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void answersManyQuestionsOfSomeLengthAtOnce() {
        MemcachedNode node = newNode();
        Answers.result(node.probe());
        List<CompletableFuture<Written>> answers = new ArrayList<>();
        for (int burst = 0; burst < 10; burst++) {
            answers.clear();
            for (int i = 0; i < 50; i++) {
                answers.add(node.set("k" + i, new byte[5_000 + 50 * burst], Duration.ZERO));
            }
            answers.forEach(
                    answer -> assertThat(Answers.result(answer).stored()).isTrue());
        }
    }

    /** Another timeout makes another connection. */
    @Override
    protected MemcachedNode newNode() {
        return new SpyNodes(protocol, Duration.ofMillis(timeout++), 1_000_000, InstantSource.system(), server.line())
                .node(server.process().address("n1"));
    }

    @Override
    protected void restartServer() {
        server.process().restart();
    }

    @Override
    protected boolean listsKeys() {
        return listsKeys;
    }
}
