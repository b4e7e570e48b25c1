package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import io.memsession.store.Description;
import io.memsession.store.LiveSession;
import io.memsession.store.NodeStatus;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.catalina.Context;
import org.apache.catalina.DistributedManager;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Session;
import org.jspecify.annotations.Nullable;

// long because Tomcat asks a Manager for so much: nearly every method is Tomcat's, and hands on to a part of a few
// lines
/**
 * The Manager that keeps a context's sessions in a pair of memcached nodes. Sticky, sessions stay in this server and
 * the nodes keep copies for when it is gone; non-sticky, any server can serve any request. It adds its Valves by
 * itself; {@code memcachedNodes} alone is a complete configuration.
 *
 * <p>Its attributes are texts, checked when the context starts: a wrong one stops the start with a message that names
 * it and shows a right value.
 */
public final class MemcachedSessionManager extends ManagerFigures implements DistributedManager {
    private final StoreOpener opener;
    private final LocalSessions local = new LocalSessions(sessions);
    private final StickyLookup lookup = new StickyLookup(this, local);
    private final SessionIds ids = new SessionIds(this, local);
    private final ClusterSessions cluster = new ClusterSessions(this);
    private final Outage outage = new Outage(() -> statistics().refused());
    private final SessionValve valve = new SessionValve(this);
    private volatile @Nullable Running running;

    /** A Manager as Tomcat makes it from a {@code <Manager>} element. */
    public MemcachedSessionManager() {
        this(StoreOpener.MEMCACHED);
    }

    MemcachedSessionManager(StoreOpener opener) {
        this.opener = opener;
    }

    @Override
    public String getName() {
        return "MemcachedSessionManager";
    }

    /** {@inheritDoc} Adds the Valve to it, early enough to stand before any authenticator. */
    @Override
    public void setContext(@Nullable Context context) {
        Context before = getContext();
        super.setContext(context);
        if (before != context) {
            valve.moveTo(context);
        }
    }

    @Override
    protected void startInternal() throws LifecycleException {
        super.startInternal();
        try {
            Running started = Running.start(this, opener, local);
            running = started;
            local.staying(started.settings().sticky());
            RequestValve.enter(getContext().getParent());
            LoginPageFilter.enter(getContext());
            getContext()
                    .getServletContext()
                    .setAttribute(Description.ATTRIBUTE, new Description(this::store, SessionId::routed));
        } catch (ConfigException e) {
            LifecycleException refusal = new LifecycleException(
                    "The session manager of " + place().context() + " cannot start: " + e.getMessage());
            refusal.setStackTrace(new StackTraceElement[0]);
            throw refusal;
        }
        setState(LifecycleState.STARTING);
    }

    KeyPrefix.Place place() {
        Context context = getContext();
        return new KeyPrefix.Place(
                context.getParent().getName(),
                context.getPath() == null || context.getPath().isEmpty() ? "/" : context.getPath(),
                Objects.requireNonNullElse(context.getWebappVersion(), ""));
    }

    @Override
    void reconfigure() {
        Running now = running;
        if (now != null) {
            running = now.changed(opener);
            local.staying(now().settings().sticky());
        }
    }

    @Override
    protected void stopInternal() throws LifecycleException {
        setState(LifecycleState.STOPPING);
        Running stopping = running;
        if (stopping != null) {
            RequestValve.leave(getContext().getParent());
            local.sessions().forEach(TomcatSession::passivateHere);
            stopping.keepAll();
            stopping.close(); // which may yet tell of sessions that expired
            running = null;
            local.staying(false);
        }
        super.stopInternal();
    }

    @Override
    protected void destroyInternal() throws LifecycleException {
        valve.moveTo(null);
        super.destroyInternal();
    }

    /** What runs now. */
    private Running now() {
        Running now = running;
        if (now == null) {
            throw new StoreUnavailableException("the session manager is stopped");
        }
        return now;
    }

    /**
     * The running store.
     *
     * @throws StoreUnavailableException if this manager is stopped
     */
    SessionStore store() {
        return now().store();
    }

    @Override
    boolean running() {
        return running != null;
    }

    Settings settings() {
        return now().settings();
    }

    /** Whether what sessions hold is encrypted in the nodes. */
    boolean seals() {
        Running now = running;
        return now != null && now.settings().protection().seals();
    }

    boolean sticky() {
        return now().settings().sticky();
    }

    /** Whether a request's changes are kept before its sessions are let go; not while it is stopped. */
    boolean savesAtOnce() {
        Running now = running;
        return now != null && !now.settings().inBackground();
    }

    Executor backups() {
        return now().backups();
    }

    @Override
    List<NodeStatus> nodes() {
        return store().nodes();
    }

    @Override
    Statistics statistics() {
        return now().statistics();
    }

    LocalSessions local() {
        return local;
    }

    Outage outage() {
        return outage;
    }

    Locks locks() {
        return now().locks();
    }

    SessionIds ids() {
        return ids;
    }

    /** Whether no request is at work on the session, here. */
    boolean isDetached(TomcatSession session) {
        return running() && local.isIdle(session) && RequestScope.current() == null;
    }

    /** Whether an attribute is kept in the nodes: by our filter, and by Tomcat's own. */
    boolean keepsAttribute(String name, Object value) {
        Running now = running;
        return (now == null || now.settings().keeps(name)) && willAttributeDistribute(name, value);
    }

    @Override
    protected String generateSessionId() {
        return ids.placed(super.generateSessionId());
    }

    @Override
    protected TomcatSession getNewSession() {
        return new TomcatSession(this);
    }

    /** The live session behind a new session. */
    LiveSession begin(String id, int contextTimeout) {
        Duration timeout = settings().maxInactiveInterval();
        return store().create(ids.require(id), timeout == null ? Timeouts.duration(contextTimeout) : timeout);
    }

    /** {@inheritDoc} An id that names none of the nodes is not taken over. */
    @Override
    public Session createSession(@Nullable String wanted) {
        Session session = super.createSession(
                wanted == null ? null : ids.known(wanted).map(SessionId::text).orElse(null));
        RequestScope scope = RequestScope.current();
        if (session instanceof TomcatSession created && scope != null && scope.ignored()) {
            created.throwAway();
            scope.hideCookie();
        } else if (session instanceof TomcatSession created) {
            created.join();
            if (scope != null) {
                scope.bind(created);
            } else {
                created.leave();
            }
        }
        return session;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StoreUnavailableException if no node that could know answered, within a request. Before one there is none
     *     then: the connector, which looks which cookie or which version of an application a request is for, would
     *     answer an exception with 500 or nothing; the request is refused when it is under way
     */
    @Override
    public @Nullable Session findSession(@Nullable String text) {
        try {
            return find(text);
        } catch (StoreUnavailableException e) {
            if (RequestScope.current() != null) {
                throw e;
            }
            RequestScope.noteBefore(e);
            return null;
        }
    }

    private @Nullable TomcatSession find(@Nullable String text) {
        SessionId id = text == null || !running() ? null : ids.known(text).orElse(null);
        if (id == null) {
            return null;
        }
        RequestScope scope = RequestScope.current();
        if (scope != null) {
            return scope.find(this, id);
        }
        TomcatSession here = sticky() ? local.peek(id) : null;
        return here != null ? here : read(id).orElse(null);
    }

    /** {@inheritDoc} Does nothing: what is here is counted by requests. */
    @Override
    public void add(Session session) {}

    @Override
    public void remove(Session session, boolean update) {
        super.remove(session, update);
        if (update && session instanceof TomcatSession gone) {
            local.drop(gone);
        }
    }

    /** {@inheritDoc} Those of all servers, at most 10,000: only administrators ask for them. */
    @Override
    public Session[] findSessions() {
        return cluster.all().toArray(new Session[0]);
    }

    /** {@inheritDoc} Has the nodes list their keys: for administrators, and at most 10,000. */
    @Override
    public Set<String> getSessionIdsFull() {
        return cluster.all().stream().map(TomcatSession::getIdInternal).collect(Collectors.toSet());
    }

    @Override
    public int getActiveSessionsFull() {
        return cluster.all().size();
    }

    @Override
    public int getActiveSessions() {
        return local.size();
    }

    /**
     * {@inheritDoc} Ends it for all servers.
     *
     * @throws StoreUnavailableException if no node that could know answered
     */
    @Override
    public void expireSession(String id) {
        TomcatSession session = find(id);
        if (session != null) {
            session.expire();
        }
    }

    /** {@inheritDoc} Lets go of those that are over, or in another server by now. */
    @Override
    public void processExpires() {
        Running now = running;
        if (now != null) {
            now.letGo();
        }
    }

    @Override
    public void backgroundProcess() {
        cluster.forgetOld();
        Running now = running;
        if (now != null) {
            now.keepUnsaved();
        }
        super.backgroundProcess();
    }

    /** {@inheritDoc} Does nothing: sessions are in the nodes. */
    @Override
    public void load() {}

    /** {@inheritDoc} Does nothing: sessions are in the nodes. */
    @Override
    public void unload() {}

    Optional<TomcatSession> read(SessionId id) {
        try {
            return store().load(id).map(live -> new TomcatSession(this, live));
        } catch (StoreUnavailableException e) {
            RequestScope.note(e);
            throw e;
        }
    }

    /** The session with that id as this server's requests share it; null if there is none. */
    @Nullable
    TomcatSession join(SessionId id) {
        if (sticky()) {
            return lookup.join(id);
        }
        return read(id).map(local::join).orElseGet(() -> joinUnsaved(id));
    }

    /** The same, as far as no node has to be asked. */
    @Nullable
    TomcatSession joinWithoutAsking(SessionId id) {
        return sticky() ? lookup.joinWithoutAsking(id) : null;
    }

    private @Nullable TomcatSession joinUnsaved(SessionId id) {
        TomcatSession made = local.joinHere(id);
        if (made != null && !made.live().isNew()) {
            made.leave();
            return null;
        }
        return made;
    }

    @Override
    protected void changeSessionId(
            Session session, String newId, boolean notifySessionListeners, boolean notifyContainerListeners) {
        if (session instanceof TomcatSession renamed) {
            renamed.rename(ids.require(newId));
            local.renamed(renamed);
        }
        super.changeSessionId(session, newId, notifySessionListeners, notifyContainerListeners);
    }

    /** The session has another node or route in its id now; tells the listeners. */
    void relocated(TomcatSession session) {
        local.renamed(session);
        super.changeSessionId(session, session.live().id().text(), true, true);
    }
}
