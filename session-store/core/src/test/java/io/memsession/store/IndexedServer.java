package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One app server of a test that keeps indexes, and notes which sessions it was told expired. */
final class IndexedServer {
    final AppServer server;
    final SessionIndexes indexes;
    final BackgroundWrites background = new BackgroundWrites();
    final List<LiveSession> told = new ArrayList<>();
    private boolean dead;

    IndexedServer(SimulatedTime time, InMemoryServer server1, InMemoryServer server2) {
        server = new AppServer(time, server1, server2);
        indexes = new SessionIndexes(
                server.nodes,
                server.pair,
                new TextCodec(),
                background,
                new Random(System.identityHashCode(this)),
                task -> {
                    if (!dead) {
                        task.run();
                    }
                },
                StoreEvents.NONE);
        indexes.keepNames();
    }

    /** From now on it watches for expired sessions. */
    IndexedServer watching() {
        indexes.onExpiry(told::add);
        server.time.pass(Duration.ofMillis(1));
        return this;
    }

    /** From now on it does nothing any more; what it claimed stays claimed. */
    void die() {
        dead = true;
        server.n1.refuse();
        server.n2.refuse();
    }

    Saved create(String id, Duration timeout, @Nullable String principal) {
        Homes homes = server.homes(id);
        Delta.Principal name = principal == null ? null : new Delta.Principal(principal);
        Delta delta = new Delta(
                server.time.millis(),
                server.time.millis(),
                server.pair.expiry().timeout(timeout),
                name,
                server.delta("cart", "tea").attributes());
        return noted(server.done(server.pair.save(homes, null, delta)), true);
    }

    Saved access(String id) {
        Homes homes = server.homes(id);
        return noted(server.done(server.pair.save(homes, server.load(id), Delta.access(server.time.millis()))), false);
    }

    Saved principal(String id, @Nullable String name) {
        Delta delta = new Delta(Long.MIN_VALUE, server.time.millis(), null, new Delta.Principal(name), new TreeMap<>());
        return noted(server.done(server.pair.save(server.homes(id), server.load(id), delta)), false);
    }

    private Saved noted(Saved saved, boolean created) {
        SessionRecord record = saved.loaded().live();
        if (record != null) {
            indexes.saved(saved.homes(), record, created);
        }
        return saved;
    }

    void rename(String from, String to) {
        Loaded renamed = server.done(server.pair.rename(server.homes(from), server.homes(to)));
        SessionRecord record = renamed.live();
        if (record != null) {
            indexes.renamed(server.homes(from), server.homes(to), record);
        }
    }

    void end(String id) {
        Ended ended = server.done(server.pair.ending(server.homes(id)));
        Homes homes = ended.homes();
        SessionRecord last = ended.last();
        if (homes != null && last != null) {
            indexes.ended(homes.id(), last);
        }
    }

    List<String> find(String principal) {
        return find(SessionIndexes.PRINCIPAL, principal);
    }

    List<String> find(String name, String value) {
        return indexes.find(name, value).stream()
                .map(session -> session.id().text())
                .toList();
    }

    /** Ids of the sessions that it was told expired, each with its cart. */
    Map<String, Object> toldCarts() {
        Map<String, Object> carts = new TreeMap<>();
        told.forEach(session -> carts.put(session.id().text(), String.valueOf(session.attribute("cart"))));
        return carts;
    }

    /** Text as UTF-8. */
    private static final class TextCodec implements AttributeCodec {
        @Override
        public byte[] encode(Object value) {
            return value.toString().getBytes(UTF_8);
        }

        @Override
        public Object decode(byte[] bytes, int offset, int length) {
            return new String(bytes, offset, length, UTF_8);
        }
    }
}
