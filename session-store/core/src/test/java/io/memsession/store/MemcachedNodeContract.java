package io.memsession.store;

import static io.memsession.store.Answers.failure;
import static io.memsession.store.Answers.kind;
import static io.memsession.store.Answers.result;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every node does, whatever stands behind it. */
public abstract class MemcachedNodeContract {
    private static final Duration FOREVER = Duration.ZERO;
    private static final int TOO_LARGE = 2 << 20;
    private static final byte[] OLD = bytes("old");
    private static final byte[] NEW = bytes("new");

    private final List<MemcachedNode> nodes = new ArrayList<>();

    /** A node that was not connected yet, over the one server of the test; each has a connection of its own. */
    protected abstract MemcachedNode newNode();

    /** Ends the server's process and starts it again, empty. */
    protected abstract void restartServer();

    /** Lets that time go by for the server. */
    protected void letPass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().until(() -> System.nanoTime() >= end);
    }

    /** Whether it can list its keys; some say that they cannot. */
    protected boolean listsKeys() {
        return true;
    }

    @AfterEach
    void closeNodes() {
        nodes.forEach(MemcachedNode::close);
    }

    @Test
    void isNotConnectedBeforeItsFirstProbe() {
        MemcachedNode node = fresh();

        assertThat(failure(node.get("k"))).hasMessageContaining("n1");
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.add("k", OLD, FOREVER))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.compareAndSet("k", new CasToken(1, 1), OLD, FOREVER)))
                .isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @Test
    void tellsWhatItCountsAndHowItIsSet() {
        MemcachedNode node = connected();
        result(node.add("kept", OLD, FOREVER));

        assertThat(result(node.statistics(""))).containsKeys("evictions", "time");
        assertThat(new NodeStatistics(result(node.statistics(""))).counters()).hasValueSatisfying(counted -> {
            assertThat(counted.commands()).isPositive();
            assertThat(counted.bytes()).isPositive();
        });
        assertThat(result(node.statistics("settings"))).containsKey("item_size_max");
        assertThat(result(node.get("k")))
                .as("the next answer is the next question's")
                .isEmpty();
    }

    @Test
    void findsNothingWhereNothingIsKept() {
        assertThat(result(connected().get("nothing"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 2_048, 16_384, 100_000, 1_000_000})
    void keepsBytesOfAnyKindAndLength(int length) {
        MemcachedNode node = connected();
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);

        assertThat(result(node.add("k", value, FOREVER)).outcome()).isEqualTo(Written.Outcome.STORED);

        assertThat(read(node, "k")).isEqualTo(value);
    }

    @Test
    void keepsBytesThatLookLikeTheProtocol() {
        MemcachedNode node = connected();
        byte[] value = bytes("\r\nEND\r\nVALUE k 0 3 1\r\nabc\r\nEND\r\n");
        result(node.add("k", value, FOREVER));

        assertThat(read(node, "k")).isEqualTo(value);
        assertThat(result(node.get("other"))).isEmpty();
    }

    @Test
    void addsNothingWhereSomethingIsKept() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));

        assertThat(result(node.add("k", NEW, FOREVER)).outcome()).isEqualTo(Written.Outcome.OUTDATED);

        assertThat(read(node, "k")).isEqualTo(OLD);
    }

    @Test
    void setsWhateverWasKept() {
        MemcachedNode node = connected();
        assertThat(result(node.set("k", OLD, FOREVER)).stored()).isTrue();
        assertThat(result(node.set("k", NEW, FOREVER)).stored()).isTrue();

        assertThat(read(node, "k")).isEqualTo(NEW);
    }

    @Test
    void aSetOutdatesTheCopyThatWasSeen() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();
        result(node.set("k", OLD, FOREVER));

        assertThat(result(node.compareAndSet("k", seen, NEW, FOREVER)).outcome())
                .isEqualTo(Written.Outcome.OUTDATED);
    }

    @Test
    void listsTheKeysThatBeginSo() {
        MemcachedNode node = connected();
        for (String key : List.of("app:a", "app:b+c%20d", "other:a", "app:")) {
            result(node.add(key, OLD, FOREVER));
        }
        if (!listsKeys()) {
            assertThat(kind(node.keys("app:"))).isEqualTo(NodeFailure.Kind.REJECTED);
            return;
        }

        assertThat(result(node.keys("app:"))).containsExactlyInAnyOrder("app:a", "app:b+c%20d", "app:");
        assertThat(result(node.keys("none"))).isEmpty();
    }

    @Test
    void tellsTheConnectionThatItsTokensCarry() {
        MemcachedNode node = fresh();
        assertThat(node.connection()).isZero();

        result(node.probe());
        result(node.add("k", OLD, FOREVER));

        assertThat(node.connection()).isEqualTo(copy(node, "k").token().connection());
    }

    @Test
    void replacesTheCopyThatWasSeen() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();

        Written written = result(node.compareAndSet("k", seen, NEW, FOREVER));

        assertThat(written.stored()).isTrue();
        assertThat(read(node, "k")).isEqualTo(NEW);
    }

    @Test
    void tellsTheTokenOfWhatItTookOrNone() {
        MemcachedNode node = connected();

        Written added = result(node.add("k", OLD, FOREVER));
        assertThat(added.token()).isIn(null, copy(node, "k").token());

        Written replaced = result(node.compareAndSet("k", copy(node, "k").token(), NEW, FOREVER));
        assertThat(replaced.token()).isIn(null, copy(node, "k").token());
    }

    @Test
    void replacesNoCopyThatChangedSinceItWasSeen() {
        MemcachedNode node = connected();
        MemcachedNode other = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();
        result(other.compareAndSet("k", copy(other, "k").token(), NEW, FOREVER));

        Written written = result(node.compareAndSet("k", seen, bytes("late"), FOREVER));

        assertThat(written).isEqualTo(Written.OUTDATED);
        assertThat(read(node, "k")).isEqualTo(NEW);
    }

    @Test
    void saysThatTheCopyIsGone() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, Duration.ofSeconds(1)));
        CasToken seen = copy(node, "k").token();
        letPass(Duration.ofSeconds(3));

        assertThat(result(node.compareAndSet("k", seen, NEW, FOREVER))).isEqualTo(Written.GONE);

        assertThat(result(node.get("k"))).isEmpty();
    }

    @Test
    void forgetsWhenTheTimeToLiveIsOver() {
        MemcachedNode node = connected();
        result(node.add("short", OLD, Duration.ofMillis(1)));
        result(node.add("long", OLD, Duration.ofMinutes(5)));
        result(node.add("longer", OLD, Duration.ofDays(31)));
        result(node.add("longest", OLD, Duration.ofDays(1_000_000)));
        result(node.add("endless", OLD, FOREVER));
        letPass(Duration.ofSeconds(3));

        assertThat(result(node.get("short"))).isEmpty();
        for (String kept : List.of("long", "longer", "longest", "endless")) {
            assertThat(read(node, kept)).as(kept).isEqualTo(OLD);
        }
    }

    @Test
    void takesNoNegativeTimeToLive() {
        MemcachedNode node = connected();
        Duration negative = Duration.ofNanos(-1);

        assertThatIllegalArgumentException().isThrownBy(() -> node.add("k", OLD, negative));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> node.compareAndSet("k", new CasToken(1, 1), OLD, negative));
    }

    @Test
    void takesOnlyKeysThatMemcachedKnows() {
        MemcachedNode node = connected();
        String longest = "k".repeat(250);
        result(node.add(longest, OLD, FOREVER));
        assertThat(read(node, longest)).isEqualTo(OLD);

        for (String bad : List.of("", longest + "k", "a b", "a\r\nget b", "a\tb", "a\u0000b", "a\u007f", "ä")) {
            assertThatIllegalArgumentException().isThrownBy(() -> node.get(bad));
            assertThatIllegalArgumentException().isThrownBy(() -> node.add(bad, OLD, FOREVER));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> node.compareAndSet(bad, new CasToken(1, 1), OLD, FOREVER));
        }
    }

    @Test
    void rejectsWhatIsTooLargeAndGoesOn() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        byte[] large = new byte[TOO_LARGE];

        assertThat(kind(node.add("large", large, FOREVER))).isEqualTo(NodeFailure.Kind.REJECTED);
        assertThat(kind(node.compareAndSet("k", copy(node, "k").token(), large, FOREVER)))
                .isEqualTo(NodeFailure.Kind.REJECTED);

        assertThat(read(node, "k")).isEqualTo(OLD);
        assertThat(result(node.get("large"))).isEmpty();
    }

    @Test
    void probesWhetherConnectedOrNot() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();

        result(node.probe());

        assertThat(result(node.compareAndSet("k", seen, NEW, FOREVER)).stored())
                .as("the connection is the same")
                .isTrue();
    }

    @Test
    void refusesATokenOfAnEarlierConnection() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();
        node.disconnect();
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        result(node.probe());

        assertThat(result(node.compareAndSet("k", seen, NEW, FOREVER))).isEqualTo(Written.OUTDATED);
        assertThat(read(node, "k")).isEqualTo(OLD);
        assertThat(copy(node, "k").token().connection()).isNotEqualTo(seen.connection());
    }

    @Test
    void refusesATokenOfTheServersEarlierLife() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();
        restartServer();
        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        result(node.probe());
        assertThat(result(node.get("k"))).isEmpty();
        result(node.add("k", NEW, FOREVER));

        assertThat(result(node.compareAndSet("k", seen, bytes("late"), FOREVER)))
                .isEqualTo(Written.OUTDATED);
        assertThat(read(node, "k")).isEqualTo(NEW);
    }

    @Test
    void numbersConnectionsApart() {
        MemcachedNode node = connected();
        MemcachedNode other = connected();
        result(node.add("k", OLD, FOREVER));

        assertThat(copy(node, "k").token().value())
                .isEqualTo(copy(other, "k").token().value());
        assertThat(copy(node, "k").token().connection())
                .isNotEqualTo(copy(other, "k").token().connection());
    }

    @Test
    void isOverOnceItIsClosed() {
        MemcachedNode node = connected();
        node.close();
        node.close();
        node.disconnect();

        assertThat(kind(node.get("k"))).isEqualTo(NodeFailure.Kind.UNREACHABLE);
        assertThat(kind(node.probe())).isEqualTo(NodeFailure.Kind.UNREACHABLE);
    }

    @Test
    void answersAThousandQuestionsAtOnce() {
        MemcachedNode node = connected();
        List<CompletableFuture<Written>> adds = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            adds.add(node.add("k" + i, bytes("v" + i), FOREVER));
        }
        adds.forEach(add -> assertThat(result(add).stored()).isTrue());
        List<CompletableFuture<Written>> writes = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            writes.add(node.compareAndSet("k" + i, copy(node, "k" + i).token(), bytes("w" + i), FOREVER));
        }
        writes.forEach(write -> assertThat(result(write).stored()).isTrue());
        for (int i = 0; i < 1000; i++) {
            assertThat(read(node, "k" + i)).isEqualTo(bytes("w" + i));
        }
    }

    @Test
    void takesOneOfManyWritesThatShowTheSameToken() {
        MemcachedNode node = connected();
        result(node.add("k", OLD, FOREVER));
        CasToken seen = copy(node, "k").token();
        List<CompletableFuture<Written>> writes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            writes.add(node.compareAndSet("k", seen, bytes("w" + i), FOREVER));
        }

        assertThat(writes.stream().filter(write -> result(write).stored())).hasSize(1);
    }

    @Test
    void answersAThreadThatIsInterrupted() {
        MemcachedNode node = connected();
        CompletableFuture<Optional<Copy>> answer;
        Thread.currentThread().interrupt();
        try {
            answer = node.get("nothing");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(result(answer)).isEmpty();
    }

    @Test
    void namesItself() {
        MemcachedNode node = fresh();

        assertThat(node.id()).isEqualTo("n1");
        assertThat(node.address()).isNotBlank();
        assertThat(node).asString().contains("n1");
    }

    private MemcachedNode fresh() {
        MemcachedNode node = newNode();
        nodes.add(node);
        return node;
    }

    private MemcachedNode connected() {
        MemcachedNode node = fresh();
        result(node.probe());
        return node;
    }

    private static Copy copy(MemcachedNode node, String key) {
        return result(node.get(key)).orElseThrow();
    }

    private static byte[] read(MemcachedNode node, String key) {
        return copy(node, key).value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }
}
