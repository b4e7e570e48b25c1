package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nodes that join and leave while sessions are read and written, by app servers that learn of it one after the other.
 */
class HandoverTest {
    private static final Duration SETTLED = Duration.ofSeconds(40);
    private static final int SESSIONS = 24;

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer[] servers = new InMemoryServer[6];
    private AppServer a;
    private AppServer b;

    @BeforeEach
    void twoNodes() {
        for (int i = 0; i < servers.length; i++) {
            servers[i] = new InMemoryServer(time);
        }
        a = server(1, 1, 2);
        b = server(1, 1, 2);
        time.pass(SETTLED);
        assertThat(inForce(a)).isEqualTo(2);
        forEach(id -> a.create(id, "x", "1"));
    }

    private AppServer server(int version, int... nodes) {
        AppServer server = AppServer.discovering(time, servers);
        server.told(version, nodes);
        server.watch();
        return server;
    }

    private interface OfSession {
        void with(String id);
    }

    private static void forEach(OfSession action) {
        ids().forEach(action::with);
    }

    private static List<String> ids() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            ids.add("S" + i * 7919);
        }
        return ids;
    }

    private static int inForce(AppServer server) {
        assertThat(server.nodes.sets()).hasSize(1);
        assertThat(server.nodes.all()).allMatch(WatchedNode::complete);
        return server.nodes.all().size();
    }

    private void allRead(AppServer server, String value) {
        forEach(id -> assertThat(server.read(id, "x")).as(id).hasValue(value));
    }

    private long copies(int node) {
        return servers[node - 1].keys().stream()
                .filter(key -> key.startsWith("app:"))
                .count();
    }

    @Test
    void aNodeThatJoinsGetsItsRecords() {
        a.told(2, 1, 2, 3);
        b.told(2, 1, 2, 3);
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(3);
        assertThat(copies(3)).isGreaterThan(SESSIONS / 3);
        servers[0].kill();
        time.pass(Duration.ofSeconds(5));
        allRead(a, "1");
        allRead(b, "1");
    }

    @Test
    void aNodeThatLeavesHandsOverWhatItKept() {
        a.told(2, 3, 4);
        b.told(2, 3, 4);
        time.pass(SETTLED);
        assertThat(inForce(a)).isEqualTo(2);
        servers[0].kill();
        servers[1].kill();

        allRead(a, "1");
        servers[2].kill();
        time.pass(Duration.ofSeconds(5));
        allRead(b, "1");
    }

    @Test
    void whatIsWrittenByOneWhoKnowsOnlyTheOldMembersIsReadByTheOthers() {
        a.told(2, 3, 4, 5, 6);
        time.pass(Duration.ofSeconds(12));
        forEach(id -> b.save(id, b.load(id), "x", "2"));
        allRead(a, "2");
        b.told(2, 3, 4, 5, 6);
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(4);
        allRead(a, "2");
    }

    @Test
    void whatIsWrittenByOneWhoGoesByTheNewMembersIsReadByWhoIsOnTheWay() {
        a.told(2, 3, 4, 5, 6);
        time.pass(Duration.ofSeconds(13));
        b.told(2, 3, 4, 5, 6);
        b.links.get(0).refuse();
        b.links.get(1).refuse();
        time.pass(Duration.ofSeconds(8));
        assertThat(inForce(a)).isEqualTo(4);

        forEach(id -> a.save(id, a.load(id), "x", "2"));

        allRead(b, "2");
    }

    @Test
    void whatIsKnownToTheNewMembersAloneIsNotAbsentForWhoCannotReachThem() {
        a.told(2, 3, 4, 5, 6);
        time.pass(Duration.ofSeconds(13));
        b.told(2, 3, 4, 5, 6);
        b.learnNoMore();
        time.pass(Duration.ofSeconds(8));
        for (int i = 2; i < 6; i++) {
            b.links.get(i).refuse();
        }
        assertThat(inForce(a)).isEqualTo(4);
        a.create("T1", "x", "1");

        assertThatThrownBy(() -> b.load("T1")).hasRootCauseInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void nobodyGoesByMembersOfWhomOneIsNotThere() {
        servers[2].kill();
        a.told(2, 1, 2, 3);
        b.told(2, 1, 2, 3);
        time.pass(Duration.ofSeconds(60));

        assertThat(a.nodes.sets()).hasSize(2);
        allRead(a, "1");
        for (int i = 0; i < SESSIONS; i++) {
            assertThat(a.read("unknown" + i, "x"))
                    .as("the old members decide what is absent")
                    .isEmpty();
        }

        servers[2].start();
        time.pass(SETTLED);
        assertThat(inForce(a)).isEqualTo(3);
    }

    @Test
    void aNodeThatLeavesAndIsDeadIsGivenUp() {
        servers[0].kill();
        time.pass(Duration.ofSeconds(5));
        a.told(2, 2, 3);
        b.told(2, 2, 3);
        allRead(a, "1");
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(2);
        servers[1].kill();
        time.pass(Duration.ofSeconds(5));
        allRead(b, "1");
    }

    @Test
    void anAppServerThatStartsMeanwhileReadsTheOldHomesToo() {
        a.told(2, 3, 4, 5, 6);
        b.told(2, 3, 4, 5, 6);
        time.pass(Duration.ofSeconds(2));

        AppServer c = server(2, 3, 4, 5, 6);
        assertThat(c.nodes.sets()).hasSize(2);
        allRead(c, "1");

        servers[0].kill();
        time.pass(SETTLED);
        allRead(c, "1");
    }

    @Test
    void anAppServerThatIsToldAnOldListFindsTheNewerOneOnTheNodes() {
        a.told(2, 3, 4);
        b.told(2, 3, 4);
        time.pass(SETTLED);
        forEach(id -> a.save(id, a.load(id), "x", "2"));

        AppServer c = server(1, 1, 2);

        allRead(c, "2");
        assertThat(c.nodes.inForce().version()).isEqualTo(2);
    }

    @Test
    void aListThatCannotComeIntoForceIsOvertakenByAnother() {
        servers[2].kill();
        a.told(2, 1, 2, 3);
        b.told(2, 1, 2, 3);
        time.pass(Duration.ofMinutes(1));

        a.told(3, 1, 4);
        b.told(3, 1, 4);
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(2);
        allRead(a, "1");
    }

    @Test
    void ofManyListsThatCannotComeIntoForceTheLastIsFollowed() {
        servers[2].kill();
        for (int version = 2; version < 10; version++) {
            a.told(version, 1, 2, 3);
            b.told(version, 1, 2, 3);
        }
        a.told(10, 1, 4);
        b.told(10, 1, 4);
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(2);
        assertThat(inForce(b)).isEqualTo(2);
        allRead(a, "1");
    }

    @Test
    void anOlderListThatIsToldLateIsNotFollowed() {
        a.told(3, 3, 4);
        a.told(2, 5, 6);
        time.pass(SETTLED);

        assertThat(a.nodes.inForce().version()).isEqualTo(3);
    }

    @Test
    void theSameNodesOnceMoreAreNotBelievedForWhatTheyWereBefore() {
        a.told(2, 3, 4);
        b.told(2, 3, 4);
        time.pass(SETTLED);
        forEach(id -> a.save(id, a.load(id), "x", "2"));

        a.told(3, 1, 2);
        b.told(3, 1, 2);
        time.pass(SETTLED);

        assertThat(inForce(a)).isEqualTo(2);
        servers[2].kill();
        servers[3].kill();
        servers[0].kill();
        time.pass(Duration.ofSeconds(5));
        allRead(b, "2");
    }

    @Test
    void whatIsUnderWayWhenAListComesReachesTheNewHomes() {
        Loaded before = a.load("S0");
        Homes homes = a.homes("S0");
        a.told(2, 3, 4);

        a.done(a.pair.save(homes, before, a.delta("x", "2")));

        assertThat(servers[2].value("app:S0")).isPresent();
        assertThat(servers[3].value("app:S0")).isPresent();
        assertThat(b.read("S0", "x")).hasValue("2");
    }

    @Test
    void whatIsOverStaysOver() {
        a.told(2, 3, 4, 5, 6);
        b.told(2, 3, 4, 5, 6);
        time.pass(Duration.ofSeconds(3));
        forEach(id -> a.done(a.pair.end(a.homes(id))));
        time.pass(SETTLED);

        forEach(id -> assertThat(b.read(id, "x")).isEmpty());
    }

    @Test
    void nothingIsKnownBeforeTheFirstList() {
        AppServer c = AppServer.discovering(time, servers);

        assertThatThrownBy(() -> c.load("S0"))
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("discovery has told of no node");
    }
}
