package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedNode;
import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose name is given another address, as in a cloud that replaces it. */
class NameLookupTest {
    private static final String NAME = "cache.example";

    @TempDir
    private Path directory;

    /** A JVM of its own, as only a new one can be told where names are looked up. */
    private Process asking(Path hosts, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.net.hosts.file=" + hosts,
                        "-Dsun.net.inetaddr.ttl=0",
                        "-Dsun.net.inetaddr.negative.ttl=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Asking.class.getName(),
                        String.valueOf(port))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void msm302ANodeWhoseAddressChangesIsFoundAgain() throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.2 " + NAME + "\n");
        try (MemcachedServer server = MemcachedServer.started()) {
            Process asking = asking(hosts, server.port());
            try (PrintStream ask = new PrintStream(asking.getOutputStream(), true, StandardCharsets.UTF_8);
                    BufferedReader told = new BufferedReader(
                            new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8))) {
                ask.println();
                assertThat(told.readLine()).isEqualTo("nobody");
                Files.writeString(hosts, "127.0.0.1 " + NAME + "\n");
                ask.println();
                assertThat(told.readLine()).isEqualTo("a node");
            } finally {
                asking.destroyForcibly().waitFor();
            }
        }
    }

    /** Says for each line that it reads whether there is a node under the name. */
    static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) throws IOException {
            NodeAddress address = new NodeAddress("n1", NAME, Integer.parseInt(arguments[0]));
            try (MemcachedNode node = new SpyNodes(
                                    Protocol.BINARY, Duration.ofSeconds(2), 1_000_000, InstantSource.system())
                            .node(address);
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                while (lines.readLine() != null) {
                    System.out.println(node.probe()
                            .handle((done, failure) -> failure == null ? "a node" : "nobody")
                            .join());
                }
            }
        }
    }
}
