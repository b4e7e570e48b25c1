package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What finds sessions by something else than their id: by a name such as that of their principal, and by their having
 * expired. Both rest on indexes that are kept in the nodes beside the records, written in the background, and only hint
 * at sessions: what counts is each session's record.
 */
public final class SessionIndexes {
    /** The name that sessions have who is logged in under, see {@link LiveSession#principal()}. */
    public static final String PRINCIPAL = "principal";

    private static final int AT_ONCE = 256;

    private final Nodes nodes;
    private final Pair pair;
    private final AttributeCodec codec;
    private final StoreEvents events;
    private final NameIndex names;
    private final ExpiryIndex expiries;
    private final ExpiryWatch watch;
    private final ExpiryTeller teller;
    private final IndexWrites writes;
    private final SessionList list;
    private final AtomicBoolean keepsExpiries = new AtomicBoolean();
    private volatile boolean keepsNames;

    SessionIndexes(
            Nodes nodes,
            Pair pair,
            AttributeCodec codec,
            BackgroundWrites background,
            RandomGenerator random,
            Executor listeners,
            StoreEvents events) {
        this.nodes = nodes;
        this.pair = pair;
        this.codec = codec;
        this.events = events;
        IndexPages pages = new IndexPages(nodes, pair);
        DueSessions due = new DueSessions(pair.expiry().grace());
        this.list = new SessionList(nodes, pair, random);
        this.writes = new IndexWrites(pages, pair.scheduler(), background);
        this.names = new NameIndex(pages, writes, this::names);
        this.expiries = new ExpiryIndex(pair, writes, due);
        this.teller = new ExpiryTeller(pair.legacies(), listeners, this::session, this::ended, events);
        PeriodClaims claims = new PeriodClaims(nodes, pair.marks().keys(), random);
        this.watch = new ExpiryWatch(pair, pages, expiries, due, claims, teller, random);
    }

    /**
     * Has the listener told of each session that expires from now on, or did so in the last five minutes and was not
     * told of: by one app server of all that keep sessions in this store, within five seconds of the end, with its
     * attributes; once, and once more only if the app server died before it was done. A session that was evicted by
     * both its homes, or ended while no app server was there for five minutes, is not told of.
     */
    public void onExpiry(ExpiryListener listener) {
        teller.add(listener);
        if (keepsExpiries.compareAndSet(false, true)) {
            pair.legacies().want();
            pair.scheduler().after(Duration.ZERO, watch::start);
        }
    }

    /** Has the listener told of nothing more. */
    public void removeListener(ExpiryListener listener) {
        teller.remove(listener);
    }

    /** From now on sessions that are saved can be found by their names. */
    public void keepNames() {
        keepsNames = true;
    }

    /**
     * The live sessions whose record says that they have that value under that name. Reading them is no access.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    public List<LiveSession> find(String name, String value) {
        List<SessionId> candidates = List.copyOf(Waiting.on(names.candidates(name, value)));
        List<LiveSession> found = new ArrayList<>();
        Set<SessionId> wrong = new HashSet<>();
        for (int i = 0; i < candidates.size(); i += AT_ONCE) {
            List<SessionId> some = candidates.subList(i, Math.min(i + AT_ONCE, candidates.size()));
            List<CompletableFuture<@Nullable LiveSession>> reads =
                    some.stream().map(id -> confirmed(id, name, value)).toList();
            for (int at = 0; at < some.size(); at++) {
                LiveSession session = Waiting.on(reads.get(at));
                if (session == null) {
                    wrong.add(some.get(at));
                } else {
                    found.add(session);
                }
            }
        }
        names.drop(name, value, wrong);
        return found;
    }

    /**
     * Live sessions, as many as there are but at most so many, in no particular order. Has the nodes list their keys,
     * so this is for administrators, not for requests. Reading them is no access. Where records are sealed the nodes do
     * not know the sessions' ids: they are in the records from the first save on. A session that was renamed, or kept
     * before there was a key, and not saved since, has a digest in place of its id.
     *
     * @throws StoreUnavailableException if a node did not answer, or a list or a repair is under way already
     */
    public List<LiveSession> all(int most) {
        List<LiveSession> found = new ArrayList<>();
        for (SessionId id : Waiting.on(list.ids())) {
            if (found.size() < most) {
                live(id).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<LiveSession> live(SessionId id) {
        Homes homes = nodes.plainHomes(id);
        try {
            Loaded loaded = Waiting.on(pair.read(homes));
            SessionRecord live = loaded.live();
            return live == null
                    ? Optional.empty()
                    : Optional.of(session(
                            known(id, live)
                                    .map(nodes::homes)
                                    .orElseGet(() -> nodes.plainHomes(id.withNode(live.primary()))),
                            loaded));
        } catch (CorruptRecordException e) {
            return Optional.empty(); // reported where it was found
        }
    }

    private CompletableFuture<@Nullable LiveSession> confirmed(SessionId id, String name, String value) {
        Homes homes = pair.homes(id);
        return pair.read(homes).handle((loaded, error) -> {
            if (error != null && !CorruptRecordException.isCauseOf(error)) {
                throw new StoreUnavailableException("session " + id + " could not be read");
            }
            SessionRecord record = loaded == null ? null : loaded.live();
            return record != null && value.equals(names(record).get(name)) ? session(homes, loaded) : null;
        });
    }

    /** A session was written for the first time, or changed. */
    void saved(Homes homes, SessionRecord record, boolean created) {
        SessionId id = homes.id();
        if (!record.live()) {
            return;
        }
        if (keepsExpiries.get()) {
            if (created) {
                expiries.created(id, record);
            } else {
                expiries.saved(id, record);
            }
        }
        if (keepsNames) {
            names.saved(id, record);
        }
    }

    /** A session goes on under another id. */
    void renamed(Homes from, Homes to, SessionRecord record) {
        if (keepsNames) {
            names.over(from.id(), record);
        }
        saved(to, record, false);
    }

    /** A session was ended. */
    void ended(SessionId id, SessionRecord last) {
        if (keepsNames) {
            names.over(id, last);
        }
    }

    /** A repair met a live session, whose entries may be lost. */
    void found(SessionId id, SessionRecord record) {
        known(id, record).ifPresent(whole -> {
            if (keepsExpiries.get()) {
                var unused = expiries.look(whole, record);
            }
            if (keepsNames) {
                names.found(whole, record);
            }
        });
    }

    /** The id as the session's own saves enter it; empty where the key has a hash, and the record does not tell it. */
    private Optional<SessionId> known(SessionId inKey, SessionRecord record) {
        return pair.config().sealing() == null
                ? Optional.of(inKey.withNode(record.primary()))
                : KeptId.of(record, inKey.plain());
    }

    private Map<String, String> names(SessionRecord record) {
        return Names.of(record, codec);
    }

    private LiveSession session(Homes homes, SessionRecord record) {
        return session(homes, new Loaded(record, Collections.emptyList()));
    }

    private LiveSession session(Homes homes, Loaded loaded) {
        return new LiveSession(homes, Objects.requireNonNull(loaded), codec, pair.expiry(), events, pair.now());
    }

    /** Writes what is still to be written, in the background, and looks for expired sessions no more. */
    void close() {
        watch.close(pair.config().operationTimeout().multipliedBy(4));
        writes.flush();
    }
}
