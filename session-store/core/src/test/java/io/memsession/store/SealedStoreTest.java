package io.memsession.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.kryo.KryoAttributeCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stores with and without keys over the same servers. */
class SealedStoreTest {
    private static final String K1 = "k1:" + EncryptionKeysTest.KEY_1;
    private static final String K2 = "k2:" + EncryptionKeysTest.KEY_2;
    private static final SessionId ID = SessionId.routed("0123456789ABCDEF-n1").orElseThrow();
    private static final SessionId OTHER =
            SessionId.routed("FEDCBA9876543210-n1").orElseThrow();

    private final Map<String, InMemoryServer> servers = new LinkedHashMap<>();
    private final List<SessionStore> stores = new ArrayList<>();
    private final List<String> corrupt = new ArrayList<>();
    private final List<String> unprotected = new ArrayList<>();

    private final StoreEvents events = new StoreEvents() {
        @Override
        public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
            corrupt.add(String.valueOf(why.getMessage()));
        }

        @Override
        public void unprotected(List<String> nodes) {
            unprotected.addAll(nodes);
        }
    };

    private SessionStore store(@Nullable String keys, boolean readsPlain) {
        return store(keys, readsPlain, "n1:127.0.0.1:1,n2:localhost:2");
    }

    private SessionStore store(@Nullable String keys, boolean readsPlain, String nodes) {
        Sealing sealing = keys == null ? null : new Sealing(EncryptionKeys.parse("keys", keys), readsPlain);
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", nodes), "app")
                .withOperationTimeout(Duration.ofSeconds(5))
                .withSealing(sealing);
        SessionStore store = SessionStore.open(
                config,
                node -> new InMemoryNode(
                        node.id(),
                        servers.computeIfAbsent(node.id(), id -> new InMemoryServer(InstantSource.system()))),
                new KryoAttributeCodec(getClass().getClassLoader()),
                events);
        stores.add(store);
        return store;
    }

    @AfterEach
    void closeStores() {
        stores.forEach(SessionStore::close);
    }

    private static void save(SessionStore store, SessionId id, String value) {
        LiveSession session = store.create(id, Duration.ofMinutes(30));
        session.attribute("name", value);
        assertThat(store.save(session)).isEqualTo(SaveOutcome.SAVED);
    }

    private static Optional<Object> load(SessionStore store, SessionId id) {
        return store.load(id).map(session -> session.attribute("name"));
    }

    private String recordKey(SessionId id) {
        return "app:" + Seal.hash(id.plain());
    }

    @Test
    void keepsNeitherIdsNorNamesNorValuesInClear() {
        SessionStore store = store(K1, false);
        save(store, ID, "a secret value");

        assertThat(load(store(K1, false), ID)).hasValue("a secret value");
        servers.values()
                .forEach(server -> server.keys().forEach(key -> {
                    String value = new String(server.value(key).orElseThrow(), ISO_8859_1);
                    assertThat(key + value).doesNotContain(ID.plain(), "secret", "name");
                }));
    }

    @Test
    void takesNoRecordOfAnotherSession() {
        SessionStore store = store(K1, false);
        save(store, ID, "mine");
        save(store, OTHER, "theirs");
        servers.values()
                .forEach(server ->
                        server.put(recordKey(ID), server.value(recordKey(OTHER)).orElseThrow()));

        assertThat(load(store, ID)).isEmpty();
        assertThat(corrupt).isNotEmpty().allMatch(why -> why.contains("no key here opens"));
        assertThat(load(store, OTHER)).hasValue("theirs");
    }

    @Test
    void takesNoRecordThatWasChanged() {
        SessionStore store = store(K1, false);
        save(store, ID, "mine");
        byte[] sealed = servers.get("n1").value(recordKey(ID)).orElseThrow();
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            servers.values().forEach(server -> server.put(recordKey(ID), changed));
            assertThat(load(store, ID)).as("byte %d", i).isEmpty();
        }
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(sealed, length);
            servers.values().forEach(server -> server.put(recordKey(ID), cut));
            assertThat(load(store, ID)).as("cut to %d", length).isEmpty();
        }
        assertThat(corrupt).isNotEmpty();
    }

    @Test
    void readsTheOtherCopyWhenOneWasChanged() {
        SessionStore store = store(K1, false);
        save(store, ID, "mine");
        servers.get("n1").put(recordKey(ID), new byte[] {1, 2, 3});

        assertThat(load(store, ID)).hasValue("mine");
        assertThat(servers.get("n1").value(recordKey(ID)).orElseThrow().length).isGreaterThan(100);
    }

    @Test
    void changesKeysWithoutLoggingAnybodyOut() {
        save(store(K1, false), ID, "mine");
        SessionStore both = store(K2 + "," + K1, false);
        LiveSession session = both.load(ID).orElseThrow();
        session.attribute("name", "changed");
        both.save(session);

        assertThat(load(store(K1 + "," + K2, false), ID)).hasValue("changed");
        assertThat(load(store(K2, false), ID)).hasValue("changed");
        assertThat(load(store(K1, false), ID)).as("sealed with the new key").isEmpty();
    }

    @Test
    void findsNoSessionWithAnotherKeyOrNone() {
        save(store(K1, false), ID, "mine");

        assertThat(load(store("k1:" + EncryptionKeysTest.KEY_2, false), ID)).isEmpty();
        assertThat(corrupt).hasSize(2);
        assertThat(load(store(null, false), ID)).isEmpty();
    }

    @Test
    void takesNoPlainRecordUnlessTold() {
        save(store(null, false), ID, "plain");
        byte[] plain = servers.get("n1").value("app:" + ID.plain()).orElseThrow();
        servers.values().forEach(server -> server.put(recordKey(ID), plain));

        assertThat(load(store(K1, false), ID)).isEmpty();
        assertThat(corrupt).isNotEmpty().allMatch(why -> why.contains("plain session record"));
    }

    @Test
    void takesOverPlainRecordsWhenTold() {
        save(store(null, false), ID, "plain");
        SessionStore migrating = store(K1, true);

        assertThat(load(migrating, ID)).hasValue("plain");
        servers.values()
                .forEach(server -> assertThat(
                                new String(server.value("app:" + ID.plain()).orElseThrow(), ISO_8859_1))
                        .doesNotContain("plain"));
        assertThat(load(store(K1, false), ID)).as("sealed now").hasValue("plain");
        assertThat(load(migrating, ID)).as("again").hasValue("plain");
        assertThat(load(store(K1, true), ID)).as("elsewhere").hasValue("plain");
    }

    @Test
    void endsPlainRecordsToo() {
        save(store(null, false), ID, "plain");
        SessionStore migrating = store(K1, true);

        migrating.end(ID);

        assertThat(load(migrating, ID)).isEmpty();
        assertThat(load(store(null, false), ID)).isEmpty();
    }

    @Test
    void bringsNoSessionBackThatEndedAfterItWasTakenOver() {
        save(store(null, false), ID, "plain");
        SessionStore migrating = store(K1, true);
        assertThat(load(migrating, ID)).isPresent();
        migrating.end(ID);

        assertThat(load(migrating, ID)).isEmpty();
        assertThat(load(store(K1, true), ID)).isEmpty();
    }

    @Test
    void renamesSealedSessions() {
        SessionStore store = store(K1, false);
        save(store, ID, "mine");
        assertThat(store.rename(store.load(ID).orElseThrow(), OTHER)).isTrue();

        assertThat(load(store, OTHER)).hasValue("mine");
        assertThat(load(store, ID)).isEmpty();
    }

    @Test
    void findsLostIndexEntriesAgainByARepairAndListsSessionsByTheirIds() {
        SessionStore store = store(K1, false);
        store.indexes().keepNames();
        LiveSession session = store.create(ID, Duration.ofMinutes(30));
        session.principal("ada");
        store.save(session);
        assertThat(store.rename(session, OTHER)).isTrue();
        session.attribute("name", "mine");
        store.save(session);
        await().until(() -> ids(store.indexes().find(SessionIndexes.PRINCIPAL, "ada")), List.of(OTHER)::equals);

        servers.get("n1").restart();
        servers.values()
                .forEach(server -> server.keys().stream()
                        .filter(key -> key.contains(":index:"))
                        .forEach(server::evict));

        await().until(() -> ids(store.indexes().find(SessionIndexes.PRINCIPAL, "ada")), List.of(OTHER)::equals);
        await().ignoreExceptions().until(() -> ids(store.indexes().all(10)), List.of(OTHER)::equals);
    }

    private static List<SessionId> ids(List<LiveSession> sessions) {
        return sessions.stream().map(LiveSession::id).toList();
    }

    @Test
    void believesNoIdThatItsKeyDoesNotHave() {
        SessionStore store = store(K1, false);
        save(store, ID, "mine");
        assertThat(store.rename(store.load(ID).orElseThrow(), OTHER)).isTrue();

        assertThat(ids(store.indexes().all(10)))
                .as("the record has the id from before the rename until it is saved")
                .singleElement()
                .satisfies(id -> assertThat(id.plain()).isEqualTo(Seal.hash(OTHER.plain())));
    }

    @Test
    void hasTheSameHomesForWhoKnowsTheIdAndWhoKnowsTheKey() {
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", "n1:a:1,n2:b:1,n3:c:1"), "app");
        ThreadScheduler scheduler = new ThreadScheduler("test");
        List<WatchedNode> all = config.nodes().stream()
                .map(address -> new WatchedNode(
                        new InMemoryNode(address.id(), InstantSource.system()), config, scheduler, StoreEvents.NONE))
                .toList();
        Nodes nodes = new Nodes(all, "app", true);
        for (int i = 0; i < 50; i++) {
            Homes byId = nodes.homes(new SessionId("session" + i, null, null));
            SessionId inKey =
                    SessionId.unrouted(byId.key().substring("app:".length())).orElseThrow();
            assertThat(nodes.plainHomes(inKey).nodes()).isEqualTo(byId.nodes());
            assertThat(nodes.plainHomes(inKey).key()).isEqualTo(byId.key());
        }
        scheduler.close();
    }

    @Test
    void warnsOfNodesThatOthersReachIfThereIsNoKey() {
        store(null, false);
        assertThat(unprotected).isEmpty();
        store(K1, false, "n1:192.0.2.1:1,n2:127.0.0.1:2");
        assertThat(unprotected).isEmpty();
        store(null, false, "n1:192.0.2.1:1,n2:127.0.0.1:2");
        assertThat(unprotected).containsExactly("n1:192.0.2.1:1");
    }
}
