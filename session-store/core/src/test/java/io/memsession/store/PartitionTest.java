package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One app server reaches only the first node, the other only the second: both go on, and what they did is merged. */
class PartitionTest {
    private static final String ID = "S-n1";

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final AppServer a = new AppServer(time, server1, server2);
    private final AppServer b = new AppServer(time, server1, server2);

    @BeforeEach
    void split() {
        a.watch();
        b.watch();
        time.pass(Duration.ofSeconds(5));
        a.create(ID, "x", "before", "y", "before");
        a.n2.refuse();
        b.n1.refuse();
    }

    private void heal() {
        a.n2.heal();
        b.n1.heal();
        time.pass(Duration.ofSeconds(10));
        assertThat(a.believes("n1") && a.believes("n2")).isTrue();
        assertThat(b.believes("n1") && b.believes("n2")).isTrue();
    }

    @Test
    void nothingThatOnlyOneSideChangedIsLost() {
        a.save(ID, a.load(ID), "x", "by a");
        b.save(ID, b.load(ID), "y", "by b", "z", "new");
        assertThat(a.read(ID, "y")).hasValue("before");
        heal();
        for (AppServer each : new AppServer[] {a, b}) {
            assertThat(each.read(ID, "x")).hasValue("by a");
            assertThat(each.read(ID, "y")).hasValue("by b");
            assertThat(each.read(ID, "z")).hasValue("new");
        }
    }

    @Test
    void ofTwoChangesOfOneAttributeTheLaterStays() {
        a.save(ID, a.load(ID), "x", "by a");
        time.pass(Duration.ofSeconds(1));
        b.save(ID, b.load(ID), "x", "by b");
        heal();
        assertThat(a.read(ID, "x")).hasValue("by b");
        assertThat(b.read(ID, "x")).hasValue("by b");
    }

    @Test
    void anEndOnEitherSideWins() {
        a.done(a.pair.end(a.homes(ID)));
        b.save(ID, b.load(ID), "x", "by b");
        heal();
        assertThat(a.load(ID).live()).isNull();
        assertThat(b.load(ID).live()).isNull();
    }

    @Test
    void sessionsOfEitherSideAreThereAfterwards() {
        a.create("A-n1", "x", "by a");
        b.create("B-n1", "x", "by b");
        heal();
        assertThat(b.read("A-n1", "x")).hasValue("by a");
        assertThat(a.read("B-n1", "x")).hasValue("by b");
        assertThat(server1.keys()).contains("app:A", "app:B");
        assertThat(server2.keys()).contains("app:A", "app:B");
    }
}
