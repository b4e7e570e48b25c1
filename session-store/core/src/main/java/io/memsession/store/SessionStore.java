package io.memsession.store;

import io.memsession.store.line.LineException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one application, kept in a pair of nodes. Thread-safe. Its methods wait for the nodes: a healthy one
 * answers within a round trip, and one that is down costs a request at most one operation timeout for each round trip.
 */
public final class SessionStore implements AutoCloseable {
    private final StoreConfig config;
    private final AttributeCodec codec;
    private final StoreEvents events;
    private final ClusterClock clock;
    private final ThreadScheduler scheduler;
    private final Nodes nodes;
    private final Pair pair;
    private final Completeness completeness;
    private final @Nullable DiscoveredNodes discovered;
    private final SessionIndexes indexes;
    private final ExecutorService listeners = ListenerThread.executor("memsession-expiry");
    private final HeldSessions held;
    private final Leases leases;
    private final SessionReads reads;
    private final SessionWrites writes;
    private final BackgroundWrites background = new BackgroundWrites();
    private final RepairWatch repairs = new RepairWatch();

    private SessionStore(
            StoreConfig config,
            NodeConnector connector,
            AttributeCodec codec,
            StoreEvents listener,
            InstantSource clock,
            Handover.Pace pace) {
        // long because it is the one place that puts the engine's parts together
        this.config = config;
        this.codec = codec;
        this.events = StoreEvents.all(List.of(listener, repairs));
        this.clock = new ClusterClock(clock, events);
        this.scheduler = new ThreadScheduler("memsession-timer");
        NodeConnector sealed = SealedNode.connector(connector, config);
        boolean discovers = config.membership().kind() == Membership.Kind.DISCOVERED;
        this.nodes = discovers
                ? new Nodes(config.keyPrefix(), config.sealing() != null)
                : new Nodes(
                        config.nodes().stream()
                                .map(address -> new WatchedNode(
                                        config.opaque() ? sealed.opaque(address) : sealed.node(address),
                                        config,
                                        scheduler,
                                        events))
                                .toList(),
                        config.keyPrefix(),
                        config.sealing() != null);
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.pair = new Pair(nodes, config, this.clock, scheduler, random, events);
        this.held = new HeldSessions(pair);
        this.leases = new Leases(nodes, scheduler, random, pair.marks().keys());
        this.indexes = new SessionIndexes(nodes, pair, codec, background, random, listeners, events);
        this.reads = new SessionReads(pair);
        this.writes = new SessionWrites(pair, nodes, reads, indexes, background, held);
        Repair repair = new Repair(nodes, pair, indexes::found);
        this.completeness = new Completeness(nodes, pair.marks().keys(), scheduler, events, repair, this.clock);
        this.discovered =
                discovers ? new DiscoveredNodes(config, nodes, sealed, repair, scheduler, events, pace) : null;
    }

    /**
     * Opens a store and connects to its nodes; returns when each of them is up or known to be down. Where discovery
     * does not tell of any, sessions are unavailable until it does.
     *
     * @throws ConfigException if no node is up, and one of those that are there refuses the line as it is set
     */
    public static SessionStore open(
            StoreConfig config, NodeConnector connector, AttributeCodec codec, StoreEvents events) {
        return open(config, connector, codec, events, Handover.Pace.USUAL);
    }

    /** The same, with members that change at another pace. */
    static SessionStore open(
            StoreConfig config, NodeConnector connector, AttributeCodec codec, StoreEvents events, Handover.Pace pace) {
        SessionStore store = new SessionStore(config, connector, codec, events, InstantSource.system(), pace);
        CompletableFuture<Void> connected = store.discovered == null ? store.nodes.start() : store.discovered.start();
        connected.join();
        store.refuseWhatWasDenied();
        store.completeness.start().join();
        List<String> exposed = Exposure.nodes(config.membership().addresses());
        if (config.sealing() == null && !exposed.isEmpty()) {
            events.unprotected(exposed);
        }
        return store;
    }

    private void refuseWhatWasDenied() {
        String why = nodes.denial().map(NodeFailure::getMessage).orElse(null);
        LineException unknown = discovered == null ? null : discovered.denied();
        if (why == null && unknown != null && nodes.all().isEmpty()) {
            why = "the address " + config.membership() + " " + unknown.getMessage();
        }
        if (why != null) {
            close();
            throw new ConfigException(why);
        }
    }

    /** A session that nobody keeps yet, created now. Needs no node. */
    public LiveSession create(SessionId id, Duration timeout) {
        LiveSession session = live(nodes.homes(id), null);
        session.timeout(timeout);
        return session;
    }

    /**
     * The session with that id, as a request asks for it; empty if there is none.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    public Optional<LiveSession> load(SessionId id) {
        Homes homes = nodes.homes(id);
        return reads.load(homes).map(loaded -> live(homes, loaded));
    }

    /**
     * The session with that id, without that this counts as an access; empty if there is none. Where it is one after
     * all, {@link LiveSession#accessed} and {@link #save} belong before the answer.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    public Optional<LiveSession> look(SessionId id) {
        Homes homes = nodes.homes(id);
        return reads.look(homes).map(loaded -> live(homes, loaded));
    }

    /**
     * Keeps what was changed since the session was read or saved. When this returns, every home that is up has it.
     *
     * @throws StoreUnavailableException if no home took it; it may or may not be kept
     */
    public SaveOutcome save(LiveSession session) {
        return writes.save(session);
    }

    /**
     * As {@link #save}, for a session that stays in the app server between requests: an access that is due is kept
     * before this returns, a record that its homes have lost is written again from what is held here, and a session
     * that somebody else renamed is over under this id.
     *
     * @throws StoreUnavailableException if no home took it; what was changed stays to be saved
     */
    public SaveOutcome saveHeld(LiveSession session) {
        return writes.saveHeld(session);
    }

    /**
     * Brings a session that is held here back into its homes, if they have lost it, and takes over what is newer there.
     * Returns whether it lives.
     *
     * @throws StoreUnavailableException if no home answered
     */
    public boolean refill(LiveSession session) {
        return held.refill(session, nodes.homes(session.id()));
    }

    /**
     * Lets a session that is held here go on with another node or route in its id; the plain id stays. Returns whether
     * it lives.
     *
     * @throws StoreUnavailableException if it has other homes then, and none of them took it
     */
    public boolean relocate(LiveSession session, SessionId to) {
        return held.relocate(session, nodes.homes(to));
    }

    /** Lets a session of another store go on in this one. Returns whether it lives, as far as can be known. */
    public boolean adopt(LiveSession session) {
        return held.adopt(session, nodes.homes(session.id()));
    }

    /**
     * Whether the session lives. Unlike {@link #load} it is no access: the session does not live longer for it.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    public boolean lives(SessionId id) {
        SessionRecord record = reads.record(nodes.homes(id));
        return record != null && record.live();
    }

    /**
     * Whether the session is known to be over, as it was ended or has expired. False for one that nothing is known of.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    public boolean isOver(SessionId id) {
        SessionRecord record = reads.record(nodes.homes(id));
        return record != null && !record.live();
    }

    /**
     * The right to have that session to oneself, until it is given back; empty if somebody else has it now.
     *
     * @param duration how long it lasts when nobody renews it any more; at least 2 seconds
     * @throws StoreUnavailableException if no home gave or refused it
     */
    public Optional<SessionLease> lease(SessionId id, Duration duration) {
        return Waiting.on(leases.take(id, duration));
    }

    /**
     * Ends the session. When this returns, nobody finds it any more.
     *
     * @return the session as it was before, with its attributes, if it was this that ended it
     * @throws StoreUnavailableException if no home took it; the session may or may not be over
     */
    public Optional<LiveSession> end(SessionId id) {
        Ended ended = writes.end(id);
        Homes homes = ended == null ? null : ended.homes();
        SessionRecord last = ended == null ? null : ended.last();
        return homes == null || last == null ? Optional.empty() : Optional.of(live(homes, new Loaded(last, List.of())));
    }

    /**
     * Lets the session go on under another id. Returns whether it does: not if it is over, or if somebody else renamed
     * it first. What was changed and not saved stays to be saved.
     *
     * @throws StoreUnavailableException if no home took it; the session lives under either id
     */
    public boolean rename(LiveSession session, SessionId to) {
        return writes.rename(session, to);
    }

    private LiveSession live(Homes homes, @Nullable Loaded loaded) {
        return new LiveSession(homes, loaded, codec, pair.expiry(), events, pair.now());
    }

    /** The id with a node that is up as its primary, chosen at random; any node if none is up. */
    public SessionId place(SessionId id) {
        return nodes.place(id, ThreadLocalRandom.current());
    }

    /** Whether a session id may name a node of that id. */
    public boolean hasNode(String nodeId) {
        return nodes.mayBeNamed(nodeId);
    }

    /** How the nodes are, in the order that decides homes; none before discovery has told of any. Asks nobody. */
    public List<NodeStatus> nodes() {
        return nodes.statuses();
    }

    /** How far this app server is with the repair that it is at work on. */
    RepairWatch.Progress repair() {
        return repairs.progress();
    }

    /** What each home keeps of that session, the primary first. Asks the homes; changes nothing. */
    public List<CopyStatus> copies(SessionId id) {
        return CopyStatus.all(nodes.homes(id));
    }

    /** The settings that the store was opened with. */
    public StoreConfig config() {
        return config;
    }

    /** The clock that sessions live by: this machine's, corrected where it differs from the other app servers'. */
    public InstantSource clock() {
        return clock;
    }

    /** What finds sessions by something else than their id. */
    public SessionIndexes indexes() {
        return indexes;
    }

    /** Lets writes in the background finish, for one operation timeout at most, then drops all connections. */
    @Override
    public void close() {
        indexes.close();
        listeners.shutdown();
        background.await(config.operationTimeout());
        completeness.close();
        if (discovered != null) {
            discovered.close();
        }
        nodes.close();
        scheduler.close();
    }
}
