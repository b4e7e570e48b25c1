package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.line.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/discovery/memcached-discovery}, which tells a stock memcached the list of nodes. */
@Tag("servers")
class DiscoveryScriptTest {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Path SCRIPT = Path.of("..", "..", "deploy", "discovery", "memcached-discovery");
    private static final Path EXAMPLE = Path.of("..", "..", "deploy", "discovery", "memcached-nodes");

    private final MemcachedServer server = MemcachedServer.started();
    private final NodeListQuestion question =
            new NodeListQuestion(HostResolver.SYSTEM, Duration.ofSeconds(2), Line.PLAIN);

    @TempDir
    private Path directory;

    private Path file;
    private Path output;
    private Process script;

    @BeforeEach
    void start() throws IOException {
        file = Files.copy(EXAMPLE, directory.resolve("nodes"));
        output = directory.resolve("output");
        script = MemcachedServer.program(
                output, List.of(SCRIPT.toString(), file.toString(), "127.0.0.1:" + server.port()));
    }

    @AfterEach
    void stop() {
        script.destroyForcibly();
        server.close();
    }

    private Optional<NodeList> told() throws IOException {
        return question.ask(server.address("n1"));
    }

    private void awaitVersion(long version) {
        await().atMost(BOUND)
                .until(() -> told().map(NodeList::version)
                        .filter(is -> is == version)
                        .isPresent());
    }

    @Test
    void tellsTheListAtBootAndAfterEachRestart() throws IOException {
        awaitVersion(1);
        assertThat(told().orElseThrow().nodes().stream().map(NodeAddress::hostAndPort))
                .containsExactlyInAnyOrder("memcached1:11211", "memcached2:11211");

        server.restart();

        assertThat(told()).isEmpty();
        awaitVersion(1);
    }

    @Test
    void followsTheFileAndWritesOnlyWhatDiffers() throws IOException {
        awaitVersion(1);
        long writes = server.stat("cmd_set");
        long reads = server.stat("cmd_get");
        await().atMost(BOUND).until(() -> server.stat("cmd_get") > reads + 2);
        assertThat(server.stat("cmd_set")).isEqualTo(writes);

        Files.writeString(file, "2\n# two more\nmemcached1||11211\n\nmemcached3|10.0.0.23|11211\n");

        awaitVersion(2);
        server.put(NodeListQuestion.KEY, "1 elsewhere||1");
        awaitVersion(2);
    }

    @Test
    void leavesWhatIsThereIfTheFileIsNoList() throws IOException {
        awaitVersion(1);
        Files.writeString(file, "two\nmemcached1||11211\n");
        await().atMost(BOUND).until(() -> Files.readString(output).contains("does not begin with a version"));
        assertThat(told().orElseThrow().version()).isEqualTo(1);

        Files.writeString(file, "2\nmemcached1:11211\n");
        await().atMost(BOUND).until(() -> Files.readString(output).contains("is not host|ip|port"));
        assertThat(told().orElseThrow().version()).isEqualTo(1);
    }
}
