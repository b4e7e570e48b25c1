package io.memsession.store.spy;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.result;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.Copy;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node does when there is something else at its address than a memcached, or one that went mad. */
@Tag("servers")
class RubbishTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final byte[] NOTHING = {};

    private final ServerSocket listener = listener();
    private volatile UnaryOperator<byte[]> greeting = RubbishTest::greeting;
    private volatile UnaryOperator<byte[]> answer = question -> NOTHING;
    private MemcachedNode node = node(Protocol.BINARY);

    @AfterEach
    void stop() throws IOException {
        node.close();
        listener.close();
        await().until(() -> SpyNodeFailureTest.threads(listener.getLocalPort()).isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void isNoMemcachedIfItGreetsOtherwise(Protocol protocol) {
        use(protocol);
        for (String other :
                new String[] {"HTTP/1.1 400 Bad Request\r\n\r\n", "\n", "-ERR\r\n", "VALUE k 0 1\r\n", "ERROR\r\n"}) {
            greeting = question -> Arrays.copyOf(other.getBytes(US_ASCII), 40);
            assertThat(failure(node.probe()).kind()).isNotEqualTo(NodeFailure.Kind.TIMED_OUT);
        }
        greeting = question -> new byte[5000];
        assertThat(failure(node.probe()).kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        greeting = question -> NOTHING;
        assertThat(failure(node.probe()).kind()).isEqualTo(NodeFailure.Kind.TIMED_OUT);
        greeting = question -> null;
        assertThat(failure(node.probe()).kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);

        greeting = RubbishTest::greeting;
        result(node.probe());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 11, 12, 15, 23})
    void isNotTakenForAnAnswerIfOneByteOfItsHeaderIsWrong(int wrong) {
        answer = question -> {
            byte[] header = Arrays.copyOf(question, 24);
            header[0] = (byte) 0x81;
            Arrays.fill(header, 2, 12, (byte) 0);
            header[wrong] ^= 0x41;
            return header;
        };
        result(node.probe());
        CompletableFuture<Optional<Copy>> get = node.get("k");
        if (wrong == 11) { // announces a body that never comes
            node.disconnect();
        }

        if (wrong >= 16) {
            assertThat(result(get)).as("the CAS id is any number").isPresent();
        } else {
            assertThat(failure(get).kind()).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "VALUE other 0 1 1\r\nx\r\nEND\r\n",
                "VALUE k 0 999999999 1\r\n",
                "VALUE k 0 99999999999 1\r\n",
                "VALUE k 0 -1 1\r\n",
                "VALUE k 0 1 99999999999999999999\r\nx\r\nEND\r\n",
                "VALUE k 0 1 1\r\nxyzEND\r\n",
                "VALUE k 0 1\r\nx\r\nEND\r\n",
                "VALUE k 0 1 1\r\nx\r\nVALUE k 0 1 1\r\nx\r\nEND\r\n",
                "STORED\r\n",
                "\r\n",
                "CLIENT_ERROR bad\r\n",
                "ERROR\r\n",
                "END\r\nEND\r\n"
            })
    void isNotTakenForACopyIfItIsNone(String rubbish) {
        use(Protocol.TEXT);
        answer = question -> rubbish.getBytes(US_ASCII);
        result(node.probe());

        CompletableFuture<Optional<Copy>> get = node.get("k");

        if (rubbish.startsWith("END")) {
            assertThat(result(get)).isEmpty();
        } else {
            assertThat(failure(get).kind()).isNotEqualTo(NodeFailure.Kind.TIMED_OUT);
        }
        await().untilAsserted(() -> assertThat(failure(node.get("l")).kind())
                .as("the connection is over")
                .isEqualTo(NodeFailure.Kind.UNREACHABLE));
    }

    @ParameterizedTest
    @EnumSource
    void hangsNothingPastDisconnect(Protocol protocol) {
        use(protocol);
        Random random = new Random(1);
        answer = question -> {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            return noise;
        };
        for (int i = 0; i < 50; i++) {
            result(node.probe());
            CompletableFuture<?> get = node.get("k");
            CompletableFuture<?> add = node.add("k", new byte[10], Duration.ZERO);

            node.disconnect();

            assertThat(failure(get).kind()).isNotEqualTo(NodeFailure.Kind.TIMED_OUT);
            assertThat(failure(add).kind()).isNotEqualTo(NodeFailure.Kind.TIMED_OUT);
        }
    }

    @Test
    void givesNoTokenWithoutACasId() {
        answer = question -> {
            ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(question, 24));
            header.put(0, (byte) 0x81).putShort(2, (short) 0).putInt(8, 0);
            return header.array();
        };
        result(node.probe());

        NodeFailure failure = failure(node.get("k"));

        assertThat(failure.kind()).isEqualTo(NodeFailure.Kind.REJECTED);
        assertThat(failure).hasMessageContaining("no CAS ids");
    }

    private void use(Protocol protocol) {
        node.close();
        node = node(protocol);
    }

    private MemcachedNode node(Protocol protocol) {
        return new SpyNodes(protocol, TIMEOUT, 1_000_000, InstantSource.system())
                .node(new NodeAddress("n1", "127.0.0.1", listener.getLocalPort()));
    }

    /** What a memcached answers to a question for its version. */
    private static byte[] greeting(byte[] question) {
        if (question[0] != (byte) 0x80) {
            return "VERSION 1\r\n".getBytes(US_ASCII);
        }
        byte[] header = question.clone();
        header[0] = (byte) 0x81;
        return header;
    }

    private ServerSocket listener() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> accept(socket), "rubbish");
            thread.setDaemon(true);
            thread.start();
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try (Socket socket = from.accept()) {
                byte[] question = new byte[4096];
                int read = socket.getInputStream().read(question);
                UnaryOperator<byte[]> next = greeting;
                while (read > 0) {
                    byte[] reply = next.apply(Arrays.copyOf(question, read));
                    if (reply == null) {
                        break;
                    }
                    socket.getOutputStream().write(reply);
                    next = answer;
                    read = socket.getInputStream().read(question);
                }
            } catch (IOException e) {
                // the node hung up, or the test is over
            }
        }
    }
}
