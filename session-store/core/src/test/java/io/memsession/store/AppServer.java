package io.memsession.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One app server of a test: its own view of the shared servers, each through a node that can be made to fail. */
final class AppServer {
    static final Duration TIMEOUT = Duration.ofSeconds(100);

    final FaultyNode n1;
    final FaultyNode n2;
    final List<FaultyNode> links = new ArrayList<>();
    final Nodes nodes;
    final Completeness completeness;
    final Pair pair;
    final SimulatedTime time;
    private final @Nullable Handover handover;

    AppServer(SimulatedTime time, InMemoryServer... servers) {
        this.time = time;
        this.handover = null;
        for (InMemoryServer server : servers) {
            links.add(new FaultyNode(new InMemoryNode("n" + (links.size() + 1), server)));
        }
        n1 = links.get(0);
        n2 = links.get(1);
        StoreConfig config = StoreConfig.of(NodeAddress.parseList("nodes", "n1:a:1,n2:b:1"), "app");
        nodes = new Nodes(
                links.stream()
                        .map(link -> new WatchedNode(link, config, time, StoreEvents.NONE))
                        .toList(),
                "app");
        nodes.start().join();
        pair = new Pair(nodes, config, time, time, new Random(7), StoreEvents.NONE);
        completeness = new Completeness(
                nodes,
                pair.marks().keys(),
                time,
                StoreEvents.NONE,
                new Repair(nodes, pair),
                new ClusterClock(time, StoreEvents.NONE));
    }

    /** One that has to be told of its nodes: {@code n1} and so on are the servers at ports 1 and so on. */
    static AppServer discovering(SimulatedTime time, InMemoryServer... servers) {
        return new AppServer(time, List.of(servers));
    }

    private AppServer(SimulatedTime time, List<InMemoryServer> servers) {
        this.time = time;
        for (InMemoryServer server : servers) {
            links.add(new FaultyNode(new InMemoryNode("n" + (links.size() + 1), server)));
        }
        n1 = links.get(0);
        n2 = links.get(1);
        StoreConfig config = StoreConfig.of(Membership.parse("nodes", "discover:a:1"), "app");
        nodes = new Nodes("app", false);
        pair = new Pair(nodes, config, time, time, new Random(7), StoreEvents.NONE);
        Repair repair = new Repair(nodes, pair);
        Bookkeeping keys = pair.marks().keys();
        completeness =
                new Completeness(nodes, keys, time, StoreEvents.NONE, repair, new ClusterClock(time, StoreEvents.NONE));
        handover = new Handover(
                nodes,
                address -> new WatchedNode(link(servers, address.port()), config, time, StoreEvents.NONE),
                keys,
                repair,
                time,
                StoreEvents.NONE,
                Handover.Pace.USUAL);
        handover.start();
    }

    /** A node that left is closed for good: when it comes back it is another. */
    private FaultyNode link(List<InMemoryServer> servers, int number) {
        FaultyNode link = new FaultyNode(new InMemoryNode("n" + number, servers.get(number - 1)));
        links.set(number - 1, link);
        return link;
    }

    /** Tells it of the nodes, as discovery would: a version, then their numbers. */
    void told(int version, int... numbers) {
        StringBuilder list = new StringBuilder().append(version);
        for (int number : numbers) {
            list.append(" a||").append(number);
        }
        try {
            done(Objects.requireNonNull(handover).follow(NodeList.parse(list.toString())));
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** Hears of the nodes by itself, at some time. */
    void hears(int version, Collection<Integer> numbers) {
        try {
            String list =
                    numbers.stream().map(number -> " a||" + number).collect(Collectors.joining("", "" + version, ""));
            var unused = Objects.requireNonNull(handover).follow(NodeList.parse(list));
        } catch (ProtocolException e) {
            throw new AssertionError(e);
        }
    }

    /** Learns nothing more of its nodes. */
    void learnNoMore() {
        Objects.requireNonNull(handover).close();
    }

    /** What tells it of the nodes that this source tells. */
    Discovery discovery(Discovery.Source source, StoreEvents events) {
        return new Discovery("a:1", source, nodes, Objects.requireNonNull(handover), Runnable::run, events);
    }

    /** Begins to poll, and to repair what is not complete. */
    void watch() {
        done(completeness.start());
    }

    /** Whether it believes that node complete. */
    boolean believes(String node) {
        return nodes.node(node).orElseThrow().complete();
    }

    Homes homes(String id) {
        return pair.homes(SessionId.routed(id).orElseThrow());
    }

    /** Creates the session with those attributes. */
    Saved create(String id, String... namesAndValues) {
        Delta delta = delta(namesAndValues);
        return done(pair.save(
                homes(id),
                null,
                new Delta(time.millis(), time.millis(), pair.expiry().timeout(TIMEOUT), null, delta.attributes())));
    }

    Loaded load(String id) {
        return done(pair.load(homes(id)));
    }

    Saved save(String id, Loaded base, String... namesAndValues) {
        return done(pair.save(homes(id), base, delta(namesAndValues)));
    }

    /** The attribute's value; empty if the session or the attribute is not there. */
    Optional<String> read(String id, String name) {
        return value(load(id), name);
    }

    static Optional<String> value(Loaded loaded, String name) {
        SessionRecord record = loaded.live();
        Stamped<Slice> attribute = record == null ? null : record.attributes().get(name);
        return Optional.ofNullable(attribute == null ? null : attribute.value())
                .map(slice -> new String(
                        Arrays.copyOfRange(slice.array(), slice.offset(), slice.offset() + slice.length()), UTF_8));
    }

    /** A delta that sets the names to the values; "-" removes. */
    Delta delta(String... namesAndValues) {
        TreeMap<String, Optional<Slice>> attributes = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            attributes.put(
                    namesAndValues[i],
                    value.equals("-") ? Optional.empty() : Optional.of(Slice.of(value.getBytes(UTF_8))));
        }
        return new Delta(Long.MIN_VALUE, time.millis(), null, null, attributes);
    }

    /** What comes of it, letting as much time pass as it takes. */
    <T extends @Nullable Object> T done(CompletableFuture<T> future) {
        for (int i = 0; i < 20_000 && !future.isDone(); i++) {
            time.pass(Duration.ofMillis(1));
        }
        if (!future.isDone()) {
            throw new AssertionError("nothing came of it in 20 s");
        }
        return future.join();
    }
}
