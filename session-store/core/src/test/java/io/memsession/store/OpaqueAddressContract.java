package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What sessions can rely on whatever is behind the one address. */
abstract class OpaqueAddressContract {
    static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);
    private static final SessionId ID = id("0123456789ABCDEF");

    final List<String> examined = new CopyOnWriteArrayList<>();
    private final List<SessionStore> stores = new ArrayList<>();

    /** Where the server is. */
    abstract String address();

    /** What is to be said of it at the start. */
    abstract String[] saidAtTheStart();

    @AfterEach
    void closeStores() {
        stores.forEach(SessionStore::close);
    }

    static SessionId id(String plain) {
        return SessionId.routed(plain).orElseThrow();
    }

    final SessionStore store() {
        return store(null);
    }

    private SessionStore store(Duration precision) {
        StoreConfig config = StoreConfig.of(Membership.parse("nodes", address()), "app")
                .withOperationTimeout(TIMEOUT)
                .withAccessPrecision(precision);
        SessionStore store = SessionStore.open(
                config,
                NodesByAddress.of(config, new SpyNodes(Protocol.BINARY, TIMEOUT, 1_000_000, InstantSource.system())),
                new KryoAttributeCodec(getClass().getClassLoader()),
                new StoreEvents() {
                    @Override
                    public void nodeExamined(String node, String where, String abilities) {
                        examined.add(abilities);
                    }
                });
        stores.add(store);
        await().atMost(BOUND).until(() -> store.nodes().get(0).up());
        return store;
    }

    static void save(SessionStore store, SessionId id, Duration timeout, String value) {
        LiveSession session = store.create(id, timeout);
        session.attribute("name", value);
        assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
    }

    static Object read(SessionStore store, SessionId id) {
        return store.load(id).map(session -> session.attribute("name")).orElse(null);
    }

    /** With one of the servers down, the sessions that it has are unavailable, and no others. */
    final void concernsItsOwnSessionsOnly(Supplier<String> keysThere, Runnable kill, Runnable start) {
        SessionStore store = store();
        List<SessionId> all =
                IntStream.range(10, 50).mapToObj(i -> id("AB" + i)).toList();
        all.forEach(each -> save(store, each, HALF_AN_HOUR, each.plain()));
        String keys = keysThere.get();
        List<SessionId> there = all.stream()
                .filter(each -> keys.contains("app:" + each.plain()))
                .toList();
        assertThat(there).hasSizeBetween(1, 39);

        kill.run();

        for (int i = 0; i < 3; i++) {
            for (SessionId each : all) {
                if (there.contains(each)) {
                    assertThatThrownBy(() -> store.load(each)).isInstanceOf(StoreUnavailableException.class);
                } else {
                    assertThat(read(store, each)).isEqualTo(each.plain());
                }
            }
        }
        start.run();
        await().atMost(BOUND).ignoreExceptions().until(() -> read(store, there.get(0)) == null);
    }

    @Test
    void saysWhatWasFoundAndWhatIsNotPromised() {
        store();
        await().atMost(BOUND).until(() -> !examined.isEmpty());
        assertThat(examined.get(0)).contains(saidAtTheStart()).contains("no second copy");
    }

    @Test
    void keepsWhatIsSavedForAllServers() {
        SessionStore one = store();
        SessionStore other = store();
        save(one, ID, HALF_AN_HOUR, "first");
        LiveSession session = other.load(ID).orElseThrow();
        assertThat(session.attribute("name")).isEqualTo("first");
        session.attribute("name", "second");
        assertThat(other.save(session)).isEqualTo(SaveOutcome.SAVED);

        assertThat(read(one, ID)).isEqualTo("second");
        assertThat(read(one, id("FFFF"))).isNull();
    }

    @Test
    void changesOfOtherAttributesInOverlappingRequestsBothStay() {
        SessionStore one = store();
        SessionStore other = store();
        save(one, ID, HALF_AN_HOUR, "first");
        LiveSession here = one.load(ID).orElseThrow();
        LiveSession there = other.load(ID).orElseThrow();
        here.attribute("here", 1);
        there.attribute("there", 2);

        one.save(here);
        other.save(there);

        LiveSession both = one.load(ID).orElseThrow();
        assertThat(both.attribute("here")).isEqualTo(1);
        assertThat(both.attribute("there")).isEqualTo(2);
    }

    @Test
    void whatIsEndedIsOverForAllServers() {
        SessionStore one = store();
        SessionStore other = store();
        save(one, ID, HALF_AN_HOUR, "first");
        LiveSession session = other.load(ID).orElseThrow();

        one.end(ID);

        assertThat(read(other, ID)).isNull();
        session.attribute("name", "late");
        assertThat(other.save(session)).isEqualTo(SaveOutcome.OVER);
        assertThat(read(one, ID)).isNull();
    }

    @Test
    void whatIsRenamedIsFoundUnderItsNewIdOnly() {
        SessionStore one = store();
        save(one, ID, HALF_AN_HOUR, "first");

        assertThat(one.rename(one.load(ID).orElseThrow(), id("CAFE"))).isTrue();

        assertThat(read(store(), id("CAFE"))).isEqualTo("first");
        assertThat(read(one, ID)).isNull();
    }

    @Test
    void whatExpiresIsNotFound() {
        SessionStore one = store(Duration.ZERO);
        save(one, ID, Duration.ofSeconds(1), "first");
        assertThat(read(one, ID)).isEqualTo("first");

        await().atMost(BOUND).pollInterval(Duration.ofMillis(1_700)).until(() -> read(one, ID) == null);
    }

    @Test
    void aLeaseIsFreeWhenItIsGivenBackOrItsTimeIsUp() {
        SessionStore one = store();
        SessionStore other = store();
        SessionLease lease = one.lease(ID, Duration.ofSeconds(2)).orElseThrow();
        assertThat(other.lease(ID, Duration.ofSeconds(2))).isEmpty();

        lease.release();

        await().atMost(BOUND).until(() -> other.lease(ID, Duration.ofSeconds(2)).isPresent());
        other.close();
        await().atMost(BOUND).until(() -> one.lease(ID, Duration.ofSeconds(2)).isPresent());
    }
}
