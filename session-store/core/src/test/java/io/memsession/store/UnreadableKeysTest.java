package io.memsession.store;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list of keys that is none ends as a failure, as nobody would look after the nodes who waited for it. */
class UnreadableKeysTest {
    private static final SpyNodes NODES =
            new SpyNodes(Protocol.TEXT, Duration.ofMillis(300), 1_000_000, InstantSource.system());

    @ParameterizedTest
    @ValueSource(strings = {"key=%zz exp=0\r\nEND\r\n", "key=%2\r\nEND\r\n", "VALUE k 0 1\r\n", "ERROR\r\n"})
    void endAtOnce(String list) {
        try (ScriptedServer server =
                        new ScriptedServer(asked -> asked.startsWith("lru_crawler") ? list : "VERSION 1.6.18\r\n");
                MemcachedNode node = NODES.node(server.address("n1"))) {
            result(node.probe());

            assertThat(failure(node.keys("")).getMessage()).contains("list");
        }
    }
}
