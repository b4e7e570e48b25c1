package io.memsession.store;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A look at nodes from outside of any application, for who has to know how they are. Writes nothing, and so disturbs
 * nobody. Its methods wait for the nodes, in bounded time.
 */
public final class Inspection implements AutoCloseable {
    private static final String NO_SUCH_KEY = StoreConfig.RESERVED_PREFIX + StoreConfig.SEPARATOR + "inspection";
    private static final int QUESTIONS = 21;

    private final List<NodeAddress> addresses;
    private final NodeConnector connector;
    private final Duration patience;
    private final ThreadScheduler scheduler = new ThreadScheduler("memsession-timer");
    private final Deadlines deadlines;
    private final List<WatchedNode> watched;

    private Inspection(List<NodeAddress> addresses, NodeConnector connector, Duration timeout) {
        this.addresses = addresses;
        this.connector = connector;
        this.patience = timeout.multipliedBy(4);
        this.deadlines = new Deadlines(patience, scheduler);
        StoreConfig config = StoreConfig.of(addresses, "").withOperationTimeout(timeout);
        this.watched = addresses.stream()
                .map(address -> new WatchedNode(connector.node(address), config, scheduler, new StoreEvents() {}))
                .toList();
    }

    /**
     * Connects to the nodes; returns when each is up or known to be down.
     *
     * @param timeout how long a node may take to answer
     */
    public static Inspection open(List<NodeAddress> addresses, NodeConnector connector, Duration timeout) {
        Inspection inspection = new Inspection(addresses, connector, timeout);
        inspection.nodes("").start().join();
        return inspection;
    }

    private Nodes nodes(String keyPrefix) {
        StoreConfig.of(addresses, keyPrefix); // refuses a prefix that cannot be one
        return new Nodes(watched, keyPrefix);
    }

    /** How each node is. */
    public List<NodeFinding> nodes() {
        List<NodeFinding> findings = new ArrayList<>();
        for (NodeAddress address : addresses) {
            try (MemcachedNode node = connector.node(address)) {
                findings.add(look(node));
            }
        }
        return findings;
    }

    private NodeFinding look(MemcachedNode node) {
        try {
            inTime(node.probe());
            Duration latency = latency(node);
            Map<String, String> counters = inTime(node.statistics(""));
            Map<String, String> settings = inTime(node.statistics("settings"));
            return new NodeFinding(
                    node.id(),
                    node.address(),
                    null,
                    latency,
                    counters,
                    settings,
                    !"no".equals(settings.get("cas_enabled")),
                    listsKeys(settings));
        } catch (CompletionException e) {
            NodeFailure failure = NodeFailure.of(e, node::address);
            return NodeFinding.unreachable(node.id(), node.address(), String.valueOf(failure.getMessage()));
        }
    }

    /** With SASL there is no text protocol, which alone lists keys. */
    private static boolean listsKeys(Map<String, String> settings) {
        return "yes".equals(settings.get("lru_crawler")) && !"yes".equals(settings.get("auth_enabled_sasl"));
    }

    private Duration latency(MemcachedNode node) {
        long[] took = new long[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
            long start = System.nanoTime();
            inTime(node.get(NO_SUCH_KEY));
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        return Duration.ofNanos(took[QUESTIONS / 2]);
    }

    private <T> T inTime(CompletableFuture<T> answer) {
        deadlines.watch(answer, this::late);
        return answer.join();
    }

    private NodeFailure late() {
        return new NodeFailure(
                NodeFailure.Kind.TIMED_OUT, "did not answer within " + patience.toMillis() + " ms", null);
    }

    /**
     * The key prefixes of the applications that keep sessions there, as far as the nodes that answer list their keys.
     */
    public List<String> keyPrefixes() {
        Set<String> prefixes = new TreeSet<>();
        for (WatchedNode node : watched) {
            for (String key : list(node)) {
                Bookkeeping.prefixOfStamp(key).ifPresent(prefixes::add);
            }
        }
        return List.copyOf(prefixes);
    }

    private static List<String> list(WatchedNode node) {
        try {
            return node.keys(StoreConfig.RESERVED_PREFIX).join();
        } catch (CompletionException e) {
            return List.of(); // it is down, or cannot list them, which its finding says
        }
    }

    /** Whether a node keeps every record that it should, as far as stamps and marks tell. */
    public enum Completion {
        /** Its stamp says so, and all the others confirm it. */
        COMPLETE,
        /** Its stamp says so, but another node has lost what it knew of it, or somebody has gone around it since. */
        UNCONFIRMED,
        /** It has no stamp that says so: it restarted, evicts, or is being repaired. */
        INCOMPLETE,
        /** It does not answer, or none that could tell does. */
        UNKNOWN
    }

    /** What there is to tell of each node by its id; of a single node there is nothing. */
    public Map<String, Completion> completion(String keyPrefix) {
        Poll poll =
                Poll.of(nodes(keyPrefix).inForce(), new Bookkeeping(keyPrefix)).join();
        Map<String, Completion> all = new LinkedHashMap<>();
        for (WatchedNode node : watched) {
            Boolean complete = node.up() ? poll.complete(node) : null;
            Completion otherwise = poll.stamped(node) ? Completion.UNCONFIRMED : Completion.INCOMPLETE;
            all.put(node.id(), complete == null ? Completion.UNKNOWN : complete ? Completion.COMPLETE : otherwise);
        }
        return all;
    }

    /**
     * What the nodes keep of that application's session, the homes first.
     *
     * @throws ConfigException if that cannot be a session's id
     */
    public List<CopyFinding> session(String keyPrefix, String id) {
        SessionId routed = SessionId.routed(id)
                .or(() -> SessionId.unrouted(id))
                .orElseThrow(() -> new ConfigException("that is no session id: it is longer than "
                        + SessionId.MAX_PLAIN_LENGTH + " characters, or has some that ids do not have"));
        Homes homes = nodes(keyPrefix).homes(routed);
        List<CopyFinding> found = copies(homes);
        Homes sealed = new Nodes(watched, keyPrefix, true).homes(routed);
        return found.stream().anyMatch(copy -> copy.bytes() > 0) ? found : copies(sealed);
    }

    private List<CopyFinding> copies(Homes homes) {
        List<CopyFinding> found = new ArrayList<>();
        homes.nodes().forEach(node -> found.add(copy(homes.key(), node, true)));
        homes.others().forEach(node -> found.add(copy(homes.key(), node, false)));
        return found;
    }

    private static CopyFinding copy(String key, WatchedNode node, boolean home) {
        try {
            Optional<Copy> copy = node.get(key).join();
            return copy.isEmpty()
                    ? CopyFinding.without(node.id(), home, CopyFinding.State.NOTHING, 0)
                    : CopyFinding.of(
                            node.id(),
                            home,
                            copy.get().value(),
                            InstantSource.system().instant());
        } catch (CompletionException e) {
            return CopyFinding.without(node.id(), home, CopyFinding.State.UNKNOWN, 0);
        }
    }

    @Override
    public void close() {
        watched.forEach(WatchedNode::close);
        scheduler.close();
    }
}
