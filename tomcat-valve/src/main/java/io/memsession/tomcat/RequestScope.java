package io.memsession.tomcat;

import io.memsession.store.SessionId;
import io.memsession.store.StoreUnavailableException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.catalina.connector.Request;
import org.apache.catalina.util.SessionConfig;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that one request is at work on, from its first container to its end, however many threads and dispatches
 * that takes. The Manager's lookups find it by their thread, so that a request reads a session once however often
 * Tomcat asks, and so that each session it found or made is saved and let go at its end. Thread-safe, as threads of an
 * asynchronous request may write the response while Tomcat ends its first part.
 */
final class RequestScope {
    private static final ThreadLocal<@Nullable RequestScope> CURRENT = new ThreadLocal<>();
    private static final ThreadLocal<@Nullable RuntimeException> BEFORE = new ThreadLocal<>();
    private static final String NOTE = RequestScope.class.getName();

    private record Question(MemcachedSessionManager sessions, SessionId id) {}

    private final List<TomcatSession> bound = new CopyOnWriteArrayList<>();
    private final Set<Question> absent = ConcurrentHashMap.newKeySet();
    private final Set<Locks.Held> locks = ConcurrentHashMap.newKeySet();
    private final Request request;
    private volatile @Nullable RuntimeException failure;
    private volatile boolean awaited;
    private volatile boolean ignored;
    private volatile boolean cookieHidden;
    private volatile boolean changed;

    private RequestScope(Request request) {
        this.request = request;
    }

    /** The request's scope, made when it is first asked for. */
    static RequestScope of(Request request) {
        if (request.getNote(NOTE) instanceof RequestScope scope) {
            return scope;
        }
        RequestScope scope = new RequestScope(request);
        request.setNote(NOTE, scope);
        return scope;
    }

    /** The scope of the request that this thread handles; null outside of one. */
    static @Nullable RequestScope current() {
        return CURRENT.get();
    }

    /** Notes in this thread's scope, if it has one, that the request has failed: the store did not answer, say. */
    static void note(RuntimeException failure) {
        RequestScope scope = CURRENT.get();
        if (scope != null) {
            scope.failure = failure;
        }
    }

    /** Notes that the store did not answer who asked on this thread before a request. */
    static void noteBefore(RuntimeException failure) {
        BEFORE.set(failure);
    }

    /** Why who asked on this thread before a request got no answer, told once; null if nobody did in vain. */
    static @Nullable RuntimeException failureBefore() {
        RuntimeException failure = BEFORE.get();
        BEFORE.remove();
        return failure;
    }

    /** Makes it the scope of this thread. Returns the one that was, for {@link #exit}. */
    @Nullable
    RequestScope enter() {
        RequestScope outer = CURRENT.get();
        CURRENT.set(this);
        return outer;
    }

    /** Makes the outer scope that of this thread again. */
    static void exit(@Nullable RequestScope outer) {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    Request request() {
        return request;
    }

    /** Has nothing to do with sessions from now on. */
    void ignore() {
        ignored = true;
    }

    boolean ignored() {
        return ignored;
    }

    /** The session with that id, read at most once; null if there is none. */
    @Nullable
    TomcatSession find(MemcachedSessionManager sessions, SessionId id) {
        for (TomcatSession session : bound) {
            if (session.getManager() == sessions && session.live().id().plain().equals(id.plain())) {
                return session.isValid() ? session : null;
            }
        }
        Question question = new Question(sessions, id);
        if (absent.contains(question)) {
            return null;
        }
        TomcatSession session = ignored ? sessions.joinWithoutAsking(id) : joinInTurn(sessions, id);
        if (session == null) {
            absent.add(question);
        } else {
            bound.add(session);
        }
        return session;
    }

    private @Nullable TomcatSession joinInTurn(MemcachedSessionManager sessions, SessionId id) {
        lock(sessions, id);
        return sessions.join(id);
    }

    /** Waits for its turn, once for each session. Returns whether it had to. */
    private boolean lock(MemcachedSessionManager sessions, SessionId id) {
        if (locks.stream().anyMatch(held -> held.isOf(sessions.locks(), id))) {
            return false;
        }
        Locks.Held lock = sessions.locks().take(request, id);
        return lock != null && locks.add(lock);
    }

    /** The session that was made for this request is never kept, and its cookie not sent. */
    void hideCookie() {
        cookieHidden = true;
    }

    /** Takes the cookie of a session that is never kept out of the answer; before its head is sent. */
    void beforeHead() {
        if (!cookieHidden || request.getResponse().isCommitted()) {
            return;
        }
        String start = SessionConfig.getSessionCookieName(request.getContext()) + "=";
        MimeHeaders headers = request.getResponse().getCoyoteResponse().getMimeHeaders();
        List<String> cookies = Collections.list(headers.values("Set-Cookie"));
        headers.removeHeader("Set-Cookie");
        cookies.stream()
                .filter(cookie -> !cookie.startsWith(start))
                .forEach(cookie -> headers.addValue("Set-Cookie").setString(cookie));
    }

    /** Binds a session that is counted for this request already. */
    void bind(TomcatSession joined) {
        bound.add(joined);
    }

    /** Binds the session that the request is for: reads it, unless something read or made it before. */
    void adopt() {
        if (!ignored
                && request.getSessionInternal(false) instanceof TomcatSession session
                && !bound.contains(session)) {
            session.join();
            bound.add(session);
        }
    }

    /**
     * The same at the request's begin, where a Valve of the host may have read the session: then the request waits for
     * its turn, and the session takes over what was changed until then.
     */
    void adoptInTurn(MemcachedSessionManager sessions) {
        if (!ignored
                && request.getSessionInternal(false) instanceof TomcatSession session
                && !bound.contains(session)
                && !session.live().isNew()
                && lock(sessions, session.live().id())) {
            session.readAgain();
        }
        adopt();
    }

    /**
     * Saves what was changed, in all of its sessions.
     *
     * @throws StoreUnavailableException if one of them could not be kept; the others are
     * @throws LockUnavailableException if another request may have had one of them meanwhile; if that was known before,
     *     nothing is kept
     */
    void save() {
        if (ignored) {
            return;
        }
        RuntimeException unsaved = lostLock();
        if (unsaved == null) {
            unsaved = saveAll();
            RuntimeException late = lostLock();
            unsaved = late == null ? unsaved : late;
        }
        if (unsaved != null) {
            failure = unsaved;
            throw unsaved;
        }
    }

    private @Nullable RuntimeException saveAll() {
        RuntimeException unsaved = null;
        for (TomcatSession session : bound) {
            try {
                changed |= session.save();
            } catch (StoreUnavailableException e) {
                unsaved = e;
            }
        }
        return unsaved;
    }

    private @Nullable RuntimeException lostLock() {
        for (Locks.Held lock : locks) {
            if (lock.lost()) {
                return new LockUnavailableException(lock.status());
            }
        }
        return null;
    }

    /** Why the request has failed because of its session; null if it has not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Whether the store was asked for anything; without a failure, that it answered. */
    boolean answered() {
        return !bound.isEmpty() || !absent.isEmpty();
    }

    boolean hasSession() {
        return !bound.isEmpty();
    }

    /** Whether it goes on until its asynchronous part is complete. Returns false if that was known. */
    synchronized boolean awaitCompletion() {
        boolean first = !awaited;
        awaited = true;
        return first;
    }

    /** Tells sessions that are about to leave this server. */
    void passivate() {
        bound.forEach(TomcatSession::passivateIfLeaving);
    }

    /** Lets its sessions go. */
    void release() {
        bound.forEach(TomcatSession::leave);
        bound.clear();
        absent.clear();
        locks.forEach(lock -> lock.release(changed));
        locks.clear();
    }
}
