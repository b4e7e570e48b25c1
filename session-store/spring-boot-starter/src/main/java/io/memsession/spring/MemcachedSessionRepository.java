package io.memsession.spring;

import io.memsession.store.LiveSession;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.DelegatingIndexResolver;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.FlushMode;
import org.springframework.session.IndexResolver;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;

/**
 * The sessions of one application, kept in a pair of nodes. Within a request that passed the filter of this package, it
 * asks the nodes for a session once, however often it is asked. Thread-safe.
 *
 * <p>Sessions are found by their principal, or by whatever else the {@link IndexResolver} says; what is found is what
 * the sessions' records confirm. Sessions that begin and end are published as Spring Session's events: one that expired
 * by one app server of all.
 *
 * <p>Where no node answers that could know, methods throw a {@link StoreUnavailableException}; the filter makes that a
 * 503.
 */
public final class MemcachedSessionRepository
        implements FindByIndexNameSessionRepository<MemcachedSession>, DisposableBean {
    private final SessionStore store;
    private final CurrentRequest request;
    private final SessionPublisher publisher;
    private final SessionLimits limits;
    private volatile SessionIdGenerator ids;
    private volatile Duration defaultMaxInactiveInterval;
    private volatile IndexResolver<Session> indexes = new DelegatingIndexResolver<>(new PrincipalNameIndexResolver<>());
    private volatile FlushMode flushMode = FlushMode.ON_SAVE;
    private volatile ObservationRegistry observations = ObservationRegistry.NOOP;
    private volatile boolean stripRoutes;
    private volatile boolean ownsStore;
    private volatile SaveMode saveMode = SaveMode.ON_GET_ATTRIBUTE;

    /**
     * A repository over an open store.
     *
     * @param defaultMaxInactiveInterval how long a new session may go without an access; negative means for ever
     */
    public MemcachedSessionRepository(SessionStore store, SessionIdGenerator ids, Duration defaultMaxInactiveInterval) {
        this(store, ids, defaultMaxInactiveInterval, new CurrentRequest(), SessionLimits.NONE);
    }

    MemcachedSessionRepository(
            SessionStore store,
            SessionIdGenerator ids,
            Duration defaultMaxInactiveInterval,
            CurrentRequest request,
            SessionLimits limits) {
        this.store = store;
        this.ids = ids;
        this.request = request;
        this.defaultMaxInactiveInterval = defaultMaxInactiveInterval;
        this.limits = limits;
        this.publisher = new SessionPublisher(this, this::session);
        store.indexes().keepNames();
        store.indexes().onExpiry(publisher);
    }

    /** Changes how long sessions created from now on may go without an access; negative means for ever. */
    public void setDefaultMaxInactiveInterval(Duration interval) {
        this.defaultMaxInactiveInterval = interval;
    }

    /** Changes what new ids are made by. */
    public void setSessionIdGenerator(SessionIdGenerator generator) {
        this.ids = generator;
    }

    /** Changes what sessions can be found by; the principal's name unless set. */
    public void setIndexResolver(IndexResolver<Session> resolver) {
        this.indexes = resolver;
    }

    /** Changes when sessions are kept: when they are saved, which is the default, or at each change. */
    public void setFlushMode(FlushMode mode) {
        this.flushMode = mode;
    }

    /**
     * Changes which attributes a save looks at: with {@link SaveMode#ON_SET_ATTRIBUTE} those that were set or removed,
     * otherwise those that were read too, which is the default. Of these it keeps those whose bytes differ.
     */
    public void setSaveMode(SaveMode mode) {
        this.saveMode = mode;
    }

    /** Changes where what asks the nodes is observed, as {@code memsession.operation}; nowhere unless set. */
    public void setObservationRegistry(ObservationRegistry registry) {
        this.observations = registry;
    }

    private <T extends @Nullable Object> T observed(String operation, Supplier<T> question) {
        return Observation.createNotStarted("memsession.operation", observations)
                .contextualName("memsession " + operation)
                .lowCardinalityKeyValue("operation", operation)
                .observe(question);
    }

    /** Whether ids come with the route of some app server behind a dot, which is no part of them. */
    public void stripRoutes(boolean strip) {
        this.stripRoutes = strip;
    }

    /** The store is closed when this is. */
    void closeStoreWithThis() {
        ownsStore = true;
    }

    /** Changes who is told of sessions that begin and end. */
    public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
        publisher.publishThrough(eventPublisher);
    }

    @Override
    public MemcachedSession createSession() {
        Duration timeout = limits.first(MemcachedSession.bounded(defaultMaxInactiveInterval));
        MemcachedSession session = session(store.create(newId(), timeout));
        changed(session);
        return session;
    }

    private void changed(MemcachedSession session) {
        if (flushMode == FlushMode.IMMEDIATE) {
            save(session);
        }
    }

    /**
     * Keeps what was changed. A session that is over stays over, without an exception.
     *
     * @throws StoreUnavailableException if no home took it; it may or may not be kept
     */
    @Override
    public void save(MemcachedSession session) {
        SessionId before = session.keptId();
        boolean creating = session.isNew();
        limits.apply(session, defaultMaxInactiveInterval);
        SaveOutcome outcome = observed("save", () -> session.saveTo(store, indexes));
        request.sessions().ifPresent(known -> {
            known.over(before.text());
            if (outcome != SaveOutcome.OVER) {
                known.found(session.keptId().text(), session);
            }
        });
        if (creating && !session.isNew()) {
            publisher.created(session);
        }
    }

    /**
     * The session with that id; null if there is none, or if that can be no id of a session.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    @Override
    public @Nullable MemcachedSession findById(String id) {
        String unrouted = stripRoutes ? Routes.strip(id) : id;
        Optional<SessionId> wanted = SessionId.unrouted(unrouted);
        if (wanted.isEmpty()) {
            return null;
        }
        Optional<RequestSessions> known = request.sessions();
        return known.isPresent()
                ? known.get()
                        .find(unrouted, () -> load(wanted.get(), known.get().touches()))
                : load(wanted.get(), true);
    }

    private @Nullable MemcachedSession load(SessionId id, boolean touches) {
        // Spring Session's filter sets and saves the access before the response is committed
        return observed("find", () -> store.look(id))
                .filter(live -> !live.timeout().isZero()) // over at once, however coarse the stored access is
                .map(live -> touches ? session(live) : session(live).untouched())
                .filter(session -> alive(session, id))
                .orElse(null);
    }

    private boolean alive(MemcachedSession session, SessionId id) {
        boolean alive = !limits.exceeded(session, store.clock().instant());
        if (!alive) {
            store.end(id).ifPresent(publisher::expired);
        }
        return alive;
    }

    /**
     * Ends the session, if there is one.
     *
     * @throws StoreUnavailableException if no home took it; the session may or may not be over
     */
    @Override
    public void deleteById(String id) {
        Optional<RequestSessions> known = request.sessions();
        Optional<MemcachedSession> session = known.flatMap(each -> each.withId(id));
        session.map(MemcachedSession::keptId).or(() -> SessionId.unrouted(id)).ifPresent(this::end);
        session.ifPresent(MemcachedSession::end);
        known.ifPresent(each -> each.over(id));
        known.ifPresent(
                each -> session.ifPresent(ended -> each.over(ended.keptId().text())));
    }

    private void end(SessionId id) {
        observed("delete", () -> store.end(id)).ifPresent(publisher::deleted);
    }

    /**
     * The live sessions with that value under that name, by their present ids. Reading them is no access.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    @Override
    public Map<String, MemcachedSession> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        Map<String, MemcachedSession> found = new HashMap<>();
        List<LiveSession> candidates =
                observed("find by index", () -> store.indexes().find(SessionNames.of(indexName), indexValue));
        for (LiveSession live : candidates) {
            MemcachedSession session = session(live);
            if (indexValue.equals(indexes.resolveIndexesFor(session).get(indexName))
                    && !live.timeout().isZero()) {
                found.put(session.getId(), session);
            }
        }
        return found;
    }

    private MemcachedSession session(LiveSession live) {
        if (saveMode == SaveMode.ON_SET_ATTRIBUTE) {
            live.keepOnlyWhatIsSet();
        }
        return new MemcachedSession(live, store.clock(), this::newId, this::changed);
    }

    private SessionId newId() {
        String id = ids.generate();
        return SessionId.unrouted(id)
                .orElseThrow(() -> new IllegalStateException(
                        "the SessionIdGenerator " + ids.getClass().getName()
                                + " gave an id that cannot be kept; an id is 1 to " + SessionId.MAX_PLAIN_LENGTH
                                + " characters out of A-Z a-z 0-9 . _ ~ + / = -"));
    }

    /** Publishes no further events. */
    @Override
    public void destroy() {
        store.indexes().removeListener(publisher);
        if (ownsStore) {
            store.close();
        }
    }
}
