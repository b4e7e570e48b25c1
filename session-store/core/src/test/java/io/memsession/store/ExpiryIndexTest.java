package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Sessions that expire are told of: once, in time, with what they held. */
class ExpiryIndexTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(100);
    /** Twice the precision, which is a tenth of the timeout. */
    private static final Duration SLACK = Duration.ofSeconds(20);

    private static final Duration IN_TIME = Duration.ofSeconds(5);

    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer server1 = new InMemoryServer(time);
    private final InMemoryServer server2 = new InMemoryServer(time);
    private final IndexedServer a = new IndexedServer(time, server1, server2).watching();
    private final IndexedServer b = new IndexedServer(time, server1, server2).watching();

    private List<LiveSession> told() {
        List<LiveSession> all = new ArrayList<>(a.told);
        all.addAll(b.told);
        return all;
    }

    private void passToTheEndOf(Duration timeout) {
        time.pass(timeout.plus(SLACK));
    }

    @Test
    void anExpiredSessionIsToldOnceWithinFiveSecondsWithItsAttributes() {
        a.create("S-n1", TIMEOUT, null);
        passToTheEndOf(TIMEOUT);
        assertThat(told()).isEmpty();

        time.pass(IN_TIME);

        assertThat(told()).singleElement().satisfies(session -> {
            assertThat(session.id().text()).isEqualTo("S-n1");
            assertThat(session.attribute("cart")).isEqualTo("tea");
        });
        time.pass(Duration.ofHours(1));
        assertThat(told()).hasSize(1);
        assertThat(a.server.read("S-n1", "cart")).isEmpty();
    }

    @Test
    void aSessionWhoseServerDiedIsToldByAnother() {
        a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        a.die();

        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);

        assertThat(b.toldCarts()).isEqualTo(Map.of("S-n1", "tea"));
    }

    @Test
    void aSessionInUseIsNotToldBeforeItsLastAccessIsAsOld() {
        a.create("S-n1", TIMEOUT, null);
        for (int i = 0; i < 100; i++) {
            time.pass(Duration.ofSeconds(37));
            (i % 2 == 0 ? a : b).access("S-n1");
        }
        assertThat(told()).isEmpty();

        passToTheEndOf(TIMEOUT);
        assertThat(told()).isEmpty();
        time.pass(IN_TIME);
        assertThat(told()).hasSize(1);
    }

    @Test
    void entriesOfASessionInUseDoNotAddUp() {
        a.create("S-n1", TIMEOUT, null);
        for (int i = 0; i < 300; i++) {
            time.pass(Duration.ofSeconds(37));
            (i % 2 == 0 ? a : b).access("S-n1");
        }
        assertThat(entriesOf("S")).isLessThanOrEqualTo(6);
    }

    private long entriesOf(String id) {
        long now = time.millis() / DueSessions.PERIOD;
        return server1.keys().stream()
                .filter(key -> key.startsWith("memsession:app:index:x"))
                .filter(key -> Long.parseLong(key.replaceAll(".*:x(\\d+)\\..*", "$1")) > now)
                .filter(key -> new String(server1.value(key).orElseThrow(), US_ASCII).contains(id))
                .count();
    }

    @Test
    void aLogoutIsNoExpiry() {
        a.create("S-n1", TIMEOUT, null);
        b.end("S-n1");
        passToTheEndOf(TIMEOUT);
        time.pass(Duration.ofMinutes(10));
        assertThat(told()).isEmpty();
    }

    @Test
    void aRenamedSessionExpiresUnderItsNewIdOnly() {
        a.create("S-n1", TIMEOUT, null);
        b.rename("S-n1", "R-n1");
        passToTheEndOf(TIMEOUT);
        time.pass(Duration.ofMinutes(1));
        assertThat(told()).extracting(session -> session.id().text()).containsExactly("R-n1");
    }

    @Test
    void aSessionThatAVisitorFoundExpiredIsStillTold() {
        a.create("S-n1", TIMEOUT, null);
        passToTheEndOf(TIMEOUT);
        time.pass(Duration.ofMillis(500));
        assertThat(b.server.read("S-n1", "cart")).isEmpty();

        time.pass(IN_TIME);

        assertThat(told()).hasSize(1);
        assertThat(told().get(0).attribute("cart")).isEqualTo("tea");
        time.pass(Duration.ofMinutes(10));
        assertThat(told()).hasSize(1);
    }

    @Test
    void aShorterTimeoutCountsFromTheSaveThatSetIt() {
        a.create("S-n1", Duration.ofHours(10), null);
        time.pass(Duration.ofMinutes(1));
        Saved saved = b.server.done(b.server.pair.save(
                b.server.homes("S-n1"),
                b.server.load("S-n1"),
                new Delta(
                        Long.MIN_VALUE,
                        time.millis(),
                        b.server.pair.expiry().timeout(Duration.ofSeconds(10)),
                        null,
                        new TreeMap<>())));
        b.indexes.saved(saved.homes(), Objects.requireNonNull(saved.loaded().live()), false);

        time.pass(Duration.ofSeconds(12).plus(IN_TIME));

        assertThat(told()).hasSize(1);
        time.pass(Duration.ofHours(11));
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatAServerClaimedThatDiedIsToldByAnother() {
        a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        a.indexes.onExpiry(session -> {
            a.die();
            throw new IllegalStateException("killed");
        });
        b.indexes.onExpiry(session -> {
            if (a.told.isEmpty() && b.told.size() == 1) {
                b.die();
            }
        });
        passToTheEndOf(TIMEOUT);
        time.pass(Duration.ofSeconds(20));
        assertThat(told())
                .hasSize(2)
                .allSatisfy(session -> assertThat(session.attribute("cart")).isEqualTo("tea"));
    }

    @Test
    void theIndexOutlivesANode() {
        a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        server1.kill();

        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);

        assertThat(told()).hasSize(1);
    }

    @Test
    void aLostEntryReturnsWithASaveOfTheSession() {
        a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        forgetIndexes();
        time.pass(Duration.ofSeconds(61));
        a.access("S-n1");

        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);

        assertThat(told()).hasSize(1);
    }

    @Test
    void aLostEntryReturnsWithARepair() {
        Saved saved = a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        forgetIndexes();
        b.indexes.found(
                saved.homes().id(), Objects.requireNonNull(saved.loaded().live()));

        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);

        assertThat(told()).hasSize(1);
    }

    @Test
    void aSessionThatARepairMetByItsKeyIsToldOnceUnderItsWholeId() {
        Saved saved = a.create("S-n1", TIMEOUT, null);
        b.indexes.found(
                SessionId.unrouted("S").orElseThrow(),
                Objects.requireNonNull(saved.loaded().live()));

        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);

        assertThat(told())
                .singleElement()
                .satisfies(session -> assertThat(session.id().text()).isEqualTo("S-n1"));
    }

    private void forgetIndexes() {
        for (InMemoryServer server : List.of(server1, server2)) {
            server.keys().stream().filter(key -> key.contains(":index:")).forEach(server::evict);
        }
    }

    @Test
    void sessionsThatNeverExpireAreNotEntered() {
        a.create("S-n1", Duration.ofSeconds(-1), null);
        time.pass(Duration.ofSeconds(10));
        assertThat(server1.keys()).noneMatch(key -> key.contains(":index:"));
    }

    @Test
    void aServerThatStartsAfterTheEndCatchesUp() {
        a.create("S-n1", TIMEOUT, null);
        time.pass(Duration.ofSeconds(1));
        a.die();
        b.die();
        passToTheEndOf(TIMEOUT);
        time.pass(Duration.ofMinutes(4));

        IndexedServer c = new IndexedServer(time, server1, server2).watching();
        time.pass(Duration.ofSeconds(5));

        assertThat(c.toldCarts()).isEqualTo(Map.of("S-n1", "tea"));
    }

    @Test
    void thousandsThatExpireAtOnceAreEachToldOnce() {
        for (int i = 0; i < 1_500; i++) {
            a.create("S" + i + "-n1", TIMEOUT, null);
        }
        passToTheEndOf(TIMEOUT);
        time.pass(IN_TIME);
        assertThat(told())
                .extracting(session -> session.id().plain())
                .hasSize(1_500)
                .doesNotHaveDuplicates();
        assertThat(server1.keys().stream()
                        .filter(key -> key.contains(":index:"))
                        .mapToInt(key -> server1.value(key).orElseThrow().length)
                        .max()
                        .orElseThrow())
                .isLessThan(200_000);
    }
}
