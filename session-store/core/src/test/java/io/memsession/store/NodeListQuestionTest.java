package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.line.Line;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real memcached, and against servers that answer what they like. */
class NodeListQuestionTest {
    private static final String LIST = "3\na|10.0.0.1|11211 b|10.0.0.2|11211\n";

    private final NodeListQuestion question =
            new NodeListQuestion(HostResolver.SYSTEM, Duration.ofMillis(500), Line.PLAIN);

    private static String config(String list) {
        return "CONFIG cluster 0 " + list.length() + "\r\n" + list + "\r\nEND\r\n";
    }

    @Test
    void readsThePlainKeyOfAStockMemcached() throws IOException {
        try (MemcachedServer server = MemcachedServer.started()) {
            assertThat(question.ask(server.address("n1"))).isEmpty();
            server.put(NodeListQuestion.KEY, LIST);
            assertThat(question.ask(server.address("n1")).orElseThrow().version())
                    .isEqualTo(3);
        }
    }

    @Test
    void asksForTheConfigurationFirst() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(asked -> asked.startsWith("config get cluster") ? config(LIST) : "END\r\n")) {
            assertThat(question.ask(server.address("n1")).orElseThrow().nodes()).hasSize(2);
            assertThat(server.asked()).containsExactly("config get cluster");
        }
    }

    @Test
    void asksForTheKeyWhereTheConnectionIsClosedAtTheCommand() throws IOException {
        try (ScriptedServer server = new ScriptedServer(asked -> asked.startsWith("get ")
                ? "VALUE " + NodeListQuestion.KEY + " 0 " + LIST.length() + "\r\n" + LIST + "\r\nEND\r\n"
                : "")) {
            assertThat(question.ask(server.address("n1"))).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "CONFIG cluster 0 999999999\r\n",
                "CONFIG cluster 0 99999999999999\r\n",
                "CONFIG cluster 0 5\r\nhello\r\nEND\r\n",
                "VALUE other 0 5\r\nhello\r\nEND\r\n",
                "\u0000\u0001\u00ff\r\n"
            })
    void refusesNonsense(String answer) throws IOException {
        try (ScriptedServer server = new ScriptedServer(asked -> answer)) {
            assertThatThrownBy(() -> question.ask(server.address("n1"))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void endsALineWithoutEnd() throws IOException {
        try (ScriptedServer server = new ScriptedServer(asked -> "x".repeat(1 << 20))) {
            assertThatThrownBy(() -> question.ask(server.address("n1")))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessageContaining("without end");
        }
    }

    @Test
    void hasOneDeadlineHoweverSlowlyTheBytesCome() throws IOException {
        try (ScriptedServer server = new ScriptedServer(asked -> config(LIST), Duration.ofMillis(100))) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> question.ask(server.address("n1"))).isInstanceOf(SocketTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
    }

    @Test
    void triesEachAddressOfTheName() throws IOException {
        try (MemcachedServer server = MemcachedServer.started()) {
            server.put(NodeListQuestion.KEY, LIST);
            InetAddress nobody = InetAddress.getByAddress(new byte[] {127, 0, 0, 77});
            InetAddress there = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            HostResolver two = host -> new InetAddress[] {nobody, there};
            HostResolver reversed = host -> new InetAddress[] {there, nobody};

            assertThat(two.ordered("any")).isEqualTo(reversed.ordered("any")).isEqualTo(List.of(there, nobody));
            InetAddress before = InetAddress.getByAddress(new byte[] {127, 0, 0, 0});
            assertThat(new NodeListQuestion(
                                    host -> new InetAddress[] {there, before}, Duration.ofSeconds(1), Line.PLAIN)
                            .ask(server.address("n1")))
                    .isPresent();
        }
    }
}
