package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import java.security.Principal;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.catalina.Session;
import org.apache.catalina.session.StandardSession;
import org.jspecify.annotations.Nullable;

// long because it overrides what Tomcat's class does of its own: nearly every method is Tomcat's, and a few lines long
/**
 * The session as Tomcat and the application see it: Tomcat's own class, with the attributes, times and life of a live
 * session. Requests in this server share it; it is here while they are in flight, and in sticky mode between them.
 */
final class TomcatSession extends StandardSession {
    private static final long serialVersionUID = 1;

    private final transient MemcachedSessionManager sessions;
    /** Held over saves and the end, so that nothing saves what is over. */
    private final transient ReentrantLock keeping = new ReentrantLock();

    private final transient AtomicBoolean queued = new AtomicBoolean();
    private transient @Nullable LiveSession live;
    private transient @Nullable ContainerState state;
    private transient volatile boolean over;
    private transient volatile boolean unsaved;

    /** A session without id, as Tomcat creates it; its first id makes it a live one. */
    TomcatSession(MemcachedSessionManager sessions) {
        super(sessions);
        this.sessions = sessions;
    }

    /** The session that was read. */
    TomcatSession(MemcachedSessionManager sessions, LiveSession live) {
        this(sessions);
        this.id = live.id().text();
        this.isValid = true;
        begin(live);
    }

    private void begin(LiveSession begun) {
        live = begun;
        state = new ContainerState(begun, sessions.seals());
        attributes = new AttributesView(begun, sessions::keepsAttribute, this::told);
        setCreationTime(begun.creationTime().toEpochMilli());
        thisAccessedTime = begun.lastAccess().toEpochMilli();
        lastAccessedTime = thisAccessedTime;
    }

    /** The live session behind it. */
    LiveSession live() {
        if (live == null) {
            throw new IllegalStateException("a session without an id");
        }
        return live;
    }

    private ContainerState state() {
        if (state == null) {
            throw new IllegalStateException("a session without an id");
        }
        return state;
    }

    @Override
    public void setId(String id, boolean notify) {
        if (live == null) {
            begin(sessions.begin(id, maxInactiveInterval));
        }
        super.setId(id, notify);
    }

    /** Whether it is not over. Time alone never ends it here: the record's own deadline does, in the store. */
    @Override
    public boolean isValid() {
        return isValid;
    }

    /** Whether it has not been used here for longer than its timeout. */
    boolean isIdleTooLong() {
        int seconds = getMaxInactiveInterval();
        return seconds > 0 && System.currentTimeMillis() - thisAccessedTime > seconds * 1000L;
    }

    /** Whether it has not been used here for so long that its record would be over, had no other server used it. */
    boolean isIdleFarTooLong() {
        int seconds = getMaxInactiveInterval();
        return seconds > 0 && System.currentTimeMillis() - thisAccessedTime > seconds * 1200L + 2000;
    }

    @Override
    public int getMaxInactiveInterval() {
        return live == null ? super.getMaxInactiveInterval() : Timeouts.seconds(live.timeout());
    }

    /** {@inheritDoc} Zero or less means for ever. */
    @Override
    public void setMaxInactiveInterval(int seconds) {
        super.setMaxInactiveInterval(seconds);
        if (live != null) {
            live.timeout(Timeouts.duration(seconds));
            changed();
        }
    }

    @Override
    public void access() {
        super.access();
        live().accessed(
                        sessions.running()
                                ? sessions.store().clock().instant()
                                : Instant.ofEpochMilli(thisAccessedTime));
    }

    @Override
    public void setPrincipal(@Nullable Principal principal) {
        super.setPrincipal(principal);
        live().principal(principal == null ? null : principal.getName());
        state().principal(principal);
    }

    @Override
    public @Nullable Principal getPrincipal() {
        principal = state().principal();
        return principal;
    }

    @Override
    public void setAuthType(@Nullable String authType) {
        super.setAuthType(authType);
        state().authType(authType);
    }

    @Override
    public @Nullable String getAuthType() {
        return state().authType();
    }

    @Override
    public void setNote(String name, Object value) {
        if (!state().note(name, value)) {
            super.setNote(name, value);
        }
    }

    @Override
    public @Nullable Object getNote(String name) {
        Object kept = state().note(name);
        return kept == null ? super.getNote(name) : kept;
    }

    @Override
    public void removeNote(String name) {
        state().note(name, null);
        super.removeNote(name);
    }

    /** {@inheritDoc} Values hear of it when they are first asked for, so that none is decoded for that alone. */
    @Override
    public void activate() {
        fireSessionEvent(Session.SESSION_ACTIVATED_EVENT, null);
    }

    /** {@inheritDoc} Values hear of it that were asked for. */
    @Override
    public void passivate() {
        fireSessionEvent(Session.SESSION_PASSIVATED_EVENT, null);
        if (attributes instanceof AttributesView view) {
            view.passivate();
        }
    }

    /** Tells values that it leaves this server, if this is the last request that is at work on it here. */
    void passivateIfLeaving() {
        if (isValid
                && !sessions.sticky()
                && !sessions.local().isShared(this)
                && attributes instanceof AttributesView view
                && view.hasListeners()) {
            passivate();
        }
    }

    /** Tells values that this server stops; they may change by that. */
    void passivateHere() {
        if (isValid && !over) {
            passivate();
            live().wake();
        }
    }

    private void told(Activation activation) {
        activation.tell(getSession(), sessions.getContext());
    }

    @Override
    public void setAttribute(String name, Object value, boolean notify) {
        super.setAttribute(name, value, notify);
        changed();
    }

    @Override
    public void removeAttribute(String name, boolean notify) {
        super.removeAttribute(name, notify);
        changed();
    }

    /** What is changed while no request is at work on it, by a WebSocket or a thread of its own, is kept at once. */
    private void changed() {
        if (isValid && !expiring && !over && sessions.isDetached(this)) {
            save();
        }
    }

    /** Counts one request more that is at work on it. */
    void join() {
        sessions.local().adopt(this);
    }

    /** Counts one request less. */
    void leave() {
        sessions.local().leave(this);
    }

    /** Is never kept: the request that made it has nothing to do with sessions. */
    void throwAway() {
        over = true;
    }

    /** Goes on in another store, which may or may not keep it already. */
    void moveTo(SessionStore other) {
        keeping.lock();
        try {
            if (isValid && !over && !other.adopt(live())) {
                over = true;
                sessions.local().drop(this);
            }
        } finally {
            keeping.unlock();
        }
    }

    /** Takes over what another read of the same session found. */
    void takeOver(TomcatSession read) {
        live().takeOver(read.live());
        lastAccessedTime = Math.max(lastAccessedTime, read.lastAccessedTime);
    }

    /** Takes over what is kept by now; if it is over, it is no longer valid here. */
    void readAgain() {
        sessions.read(live().id()).ifPresentOrElse(this::takeOver, () -> {
            over = true;
            setValid(false);
        });
    }

    /**
     * Keeps what was changed, unless it is over. A sticky session need not be kept now: it stays here. Returns whether
     * anything was known to be changed.
     *
     * @throws StoreUnavailableException if no home took it, in non-sticky mode
     */
    boolean save() {
        if (!sessions.sticky()) {
            return keep();
        }
        if (sessions.savesAtOnce()) {
            saveStaying();
            return false;
        }
        Executor backups = sessions.backups(); // none while it is stopped, and then nothing is queued
        if (queued.compareAndSet(false, true)) {
            backups.execute(this::saveStaying);
        }
        return false;
    }

    private boolean keep() {
        keeping.lock();
        try {
            if (!isValid || over) {
                return false;
            }
            SaveOutcome outcome = sessions.store().save(live());
            sessions.statistics().saved(outcome);
            return outcome == SaveOutcome.SAVED;
        } finally {
            keeping.unlock();
        }
    }

    /** Keeps what was changed in a sticky session; if that cannot be done now, it is tried again later. */
    void saveStaying() {
        keeping.lock();
        try {
            queued.set(false);
            if (isValid && !over) {
                SaveOutcome outcome = sessions.store().saveHeld(live());
                sessions.statistics().saved(outcome);
                unsaved = false;
                if (outcome == SaveOutcome.OVER) {
                    over = true;
                    sessions.local().drop(this);
                }
                if (!sessions.savesAtOnce()) {
                    sessions.local().restIfIdle(this);
                }
            }
        } catch (StoreUnavailableException e) {
            unsaved = true;
            sessions.statistics().notSaved();
        } finally {
            keeping.unlock();
        }
    }

    /**
     * No request is at work on it: its values are not looked at until they are asked for again; unless a save is still
     * to come. Called with the sessions of this server locked, so that no request begins meanwhile.
     */
    void restUnlessQueued() {
        if (!queued.get() && (sessions.savesAtOnce() || keeping.isHeldByCurrentThread())) {
            live().rest();
        }
    }

    boolean unsaved() {
        return unsaved;
    }

    /** Brings it back into the nodes if they have lost it. Returns whether it lives, as far as can be known. */
    boolean refill() {
        keeping.lock();
        try {
            return isValid && !over && sessions.store().refill(live());
        } catch (StoreUnavailableException e) {
            return true;
        } finally {
            keeping.unlock();
        }
    }

    /** Goes on with another node or route in its id. Returns whether it does. */
    boolean relocate(SessionId to) {
        keeping.lock();
        try {
            return sessions.store().relocate(live(), to);
        } catch (StoreUnavailableException e) {
            return false;
        } finally {
            keeping.unlock();
        }
    }

    /**
     * Goes on under another id.
     *
     * @throws SessionOverException if it is over elsewhere; it is no longer valid here then
     */
    void rename(SessionId to) {
        keeping.lock();
        try {
            if (over || !sessions.store().rename(live(), to)) {
                over = true;
                setValid(false);
                throw new SessionOverException();
            }
        } catch (StoreUnavailableException e) {
            RequestScope.note(e);
            throw e;
        } finally {
            keeping.unlock();
        }
    }

    /** Ends it everywhere, then tells the listeners here. If no home can be told, it is not over and nobody is told. */
    @Override
    public void expire(boolean notify) {
        if (isValid && !expiring) {
            end();
            super.expire(notify);
        }
    }

    /** It is over, and this server is the one to tell the listeners. */
    void expired() {
        over = true;
        super.expire(true);
    }

    private void end() {
        keeping.lock();
        try {
            if (!over && !live().isNew()) {
                sessions.store().end(live().id());
                sessions.statistics().ended();
            }
            over = true;
        } catch (StoreUnavailableException e) {
            RequestScope.note(e);
            throw e;
        } finally {
            keeping.unlock();
        }
    }
}
