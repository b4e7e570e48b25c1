package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sessions are found by who is logged in, and only those whose record says so. */
class NameIndexTest {
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final IndexedServer a = new IndexedServer(time, server1, server2);
    private final IndexedServer b = new IndexedServer(time, server1, server2);

    @Test
    void aSessionIsFoundOnEveryServerAtOnce() {
        a.create("S-n1", TIMEOUT, "ada");
        assertThat(a.find("ada")).containsExactly("S-n1");
        assertThat(b.find("ada")).containsExactly("S-n1");
        assertThat(b.find("bob")).isEmpty();
        assertThat(b.find("other name", "ada")).isEmpty();
    }

    @Test
    void anotherPrincipalMovesIt() {
        a.create("S-n1", TIMEOUT, "ada");
        b.principal("S-n1", "bob");
        assertThat(a.find("ada")).isEmpty();
        assertThat(a.find("bob")).containsExactly("S-n1");
        a.principal("S-n1", null);
        assertThat(b.find("bob")).isEmpty();
    }

    @Test
    void aRenameMovesIt() {
        a.create("S-n1", TIMEOUT, "ada");
        b.rename("S-n1", "R-n1");
        assertThat(a.find("ada")).containsExactly("R-n1");
    }

    @Test
    void whatIsOverIsNotFoundAndItsEntryGoes() {
        a.create("S-n1", TIMEOUT, "ada");
        a.create("T-n1", TIMEOUT, "ada");
        b.end("S-n1");
        assertThat(a.find("ada")).containsExactly("T-n1");
        time.pass(TIMEOUT.plusMinutes(3));
        assertThat(a.find("ada")).isEmpty();
        time.pass(Duration.ofSeconds(1));
        assertThat(entries("ada")).isEmpty();
    }

    private List<String> entries(String principal) {
        return IntStream.rangeClosed(1, 2)
                .mapToObj(node -> (node == 1 ? server1 : server2)
                        .value("memsession:app:index:" + NameIndex.topic(SessionIndexes.PRINCIPAL, principal) + ".0.0"))
                .flatMap(value -> value.stream())
                .flatMap(bytes -> IndexPage.read(bytes).orElseThrow().ids().stream())
                .map(SessionId::plain)
                .toList();
    }

    @Test
    void aNodesDeathLosesNothing() {
        a.create("S-n1", TIMEOUT, "ada");
        server1.kill();
        assertThat(b.find("ada")).containsExactly("S-n1");
        a.create("T-n2", TIMEOUT, "ada");
        assertThat(b.find("ada")).containsExactlyInAnyOrder("S-n1", "T-n2");
    }

    @Test
    void aLostEntryReturnsWithTheNextSave() {
        a.create("S-n1", TIMEOUT, "ada");
        evictPages();
        assertThat(b.find("ada")).isEmpty();

        a.access("S-n1");

        assertThat(a.find("ada")).containsExactly("S-n1");
        assertThat(b.find("ada")).containsExactly("S-n1");
    }

    @Test
    void aLostEntryReturnsWithARepair() {
        Saved saved = a.create("S-n1", TIMEOUT, "ada");
        evictPages();
        b.indexes.found(
                saved.homes().id(), Objects.requireNonNull(saved.loaded().live()));
        time.pass(Duration.ofSeconds(1));
        assertThat(b.find("ada")).containsExactly("S-n1");
    }

    private void evictPages() {
        for (InMemoryServer server : List.of(server1, server2)) {
            server.keys().stream().filter(key -> key.contains(":index:")).forEach(server::evict);
        }
    }

    @Test
    void whatSomebodyElsePutThereIsNoEntry() {
        a.create("S-n1", TIMEOUT, "ada");
        for (InMemoryServer server : List.of(server1, server2)) {
            server.put(
                    "memsession:app:index:" + NameIndex.topic(SessionIndexes.PRINCIPAL, "ada") + ".0.0",
                    new byte[] {0x4D, 0x49, 1, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0x7F, 0, 0, 0, 3});
        }
        assertThat(a.find("ada")).isEmpty();
        a.access("S-n1");
        assertThat(a.find("ada")).containsExactly("S-n1");
    }

    @Test
    void anEntryIsOnlyAHint() {
        a.create("S-n1", TIMEOUT, "ada");
        IndexPages pages = new IndexPages(a.server.nodes, a.server.pair);
        a.server.done(pages.change(
                NameIndex.topic(SessionIndexes.PRINCIPAL, "bob"),
                Set.of(SessionId.routed("S-n1").orElseThrow()),
                Set.of(),
                TIMEOUT));
        assertThat(b.find("bob")).isEmpty();
    }

    @Test
    void withNoNodeItIsUnavailableNotEmpty() {
        a.create("S-n1", TIMEOUT, "ada");
        server1.kill();
        server2.kill();
        assertThatThrownBy(() -> a.find("ada")).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aSharedAccountOfThousandsStaysInSmallPages() {
        for (int i = 0; i < 1_500; i++) {
            (i % 2 == 0 ? a : b).create("S" + i + "-n1", TIMEOUT, "everybody");
        }
        assertThat(a.find("everybody")).hasSize(1_500).doesNotHaveDuplicates();
        assertThat(server1.keys().stream()
                        .filter(key -> key.contains(":index:"))
                        .mapToInt(key -> server1.value(key).orElseThrow().length)
                        .max()
                        .orElseThrow())
                .isLessThan(200_000);
        a.end("S7-n1");
        time.pass(Duration.ofSeconds(1));
        assertThat(b.find("everybody")).hasSize(1_499);
    }

    @Test
    void aSaveOfASessionThatIsEnteredCostsOneLookAtEachNode() {
        a.create("S-n1", TIMEOUT, "ada");
        Loaded loaded = a.server.load("S-n1");
        long before = server1.commands() + server2.commands();
        for (int i = 0; i < 100; i++) {
            a.indexes.saved(a.server.homes("S-n1"), Objects.requireNonNull(loaded.live()), false);
        }
        assertThat(server1.commands() + server2.commands() - before).isZero();
        time.pass(Duration.ofSeconds(1));
        assertThat(server1.commands() + server2.commands() - before).isEqualTo(2);
    }
}
