package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens in the middle of a repair, before each of the questions that it asks a node. */
class RepairTest {
    private static final String ID = "S-n1";
    private static final String KEY = "app:S";
    private static final int QUESTIONS = 23;

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);
    private final AppServer b = new AppServer(time, server1, server2);

    static IntStream questions() {
        return IntStream.range(0, QUESTIONS);
    }

    /** Both nodes are complete, then somebody goes around n1. */
    @BeforeEach
    void n1IsNotComplete() {
        a.create(ID, "x", "0");
        a.done(a.completeness.poll());
        a.done(a.completeness.poll());
        b.n1.refuse();
        b.save(ID, b.load(ID), "x", "1");
        b.n1.heal();
        time.pass(Duration.ofSeconds(5));
        a.done(a.completeness.poll());
        assertThat(a.believes("n1")).isFalse();
        assertThat(a.believes("n2")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aNodeThatRestartsMeanwhileIsNotCalledCompleteWithoutItsRecords(int question) {
        repairWith(question, () -> {
            server1.restart();
            var unused = a.nodes.node("n1").orElseThrow().get(KEY);
            time.pass(Duration.ofMillis(1));
            assertThat(a.nodes.node("n1").orElseThrow().up()).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsWrittenAroundANodeMeanwhileReachesIt(int question) {
        repairWith(question, () -> {
            b.n1.refuse();
            b.save(ID, b.load(ID), "x", "2");
            b.n1.heal();
        });
        assertThat(a.read(ID, "x")).hasValue("2");
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsWrittenMeanwhileInAnOutageThatHasItsMarkReachesTheNode(int question) {
        b.n1.refuse();
        b.save(ID, b.load(ID), "x", "in between");
        a.done(a.completeness.poll());
        time.pass(Duration.ofSeconds(5));
        repairWith(question, () -> {
            b.save(ID, b.load(ID), "x", "2");
            b.n1.heal();
        });
        assertThat(a.read(ID, "x")).hasValue("2");
    }

    /** Repairs, with this just before that question to n2; and again if it was given up. */
    private void repairWith(int question, Runnable meanwhile) {
        for (int i = 0; i < question; i++) {
            a.n2.before(() -> {});
        }
        a.n2.before(meanwhile);
        a.done(a.completeness.poll());
        a.done(a.completeness.poll());
        if (a.believes("n1")) {
            bothKeepTheSame();
        }
        a.watch();
        time.pass(Duration.ofSeconds(15));
        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
        bothKeepTheSame();
    }

    private void bothKeepTheSame() {
        assertThat(server1.value(KEY)).hasValue(server2.value(KEY).orElseThrow());
    }
}
