package io.memsession.tomcat;

import io.memsession.store.SessionId;
import io.memsession.store.SessionLease;
import io.memsession.store.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * What lets a request have its session to itself: first its turn among this server's requests, in the order in which
 * they came, then a lease on the nodes, so that a server's requests do not compete there with each other.
 */
final class Locks {
    private static final int LONGEST_PAUSE_MILLIS = 24;

    private final SessionStore store;
    private final Locking locking;
    private final boolean off;
    private final Statistics statistics;
    private final ReadOnlyRequests readOnly = new ReadOnlyRequests();
    private final Map<String, Turns> turns = new HashMap<>();

    Locks(SessionStore store, Settings settings, Statistics statistics) {
        this.store = store;
        this.locking = settings.locking();
        this.off = settings.sticky() || locking.mode() == Locking.Mode.NONE;
        this.statistics = statistics;
    }

    /** Whose turn it is among this server's requests for one session. */
    private static final class Turns {
        private final Semaphore turn = new Semaphore(1, true);
        private int wanted;
    }

    /** A session that a request has to itself. */
    final class Held {
        private final String name;
        private final String asked;
        private final SessionLease lease;
        private final AtomicBoolean released = new AtomicBoolean();

        private Held(String name, String asked, SessionLease lease) {
            this.name = name;
            this.asked = asked;
            this.lease = lease;
        }

        boolean isOf(Locks others, SessionId id) {
            return others == Locks.this && name.equals(id.plain());
        }

        /** Whether another request may have the session by now: what was done must not be kept then. */
        boolean lost() {
            return !released.get() && lease.lost();
        }

        int status() {
            return locking.status();
        }

        /** Lets the next one have it. */
        void release(boolean changed) {
            if (released.compareAndSet(false, true)) {
                readOnly.learn(asked, changed);
                lease.release();
                next(name, true);
            }
        }
    }

    /**
     * Waits until the request has the session to itself; null if it need not have it.
     *
     * @throws LockUnavailableException if it does not get it in time
     */
    @Nullable
    Held take(Request request, SessionId id) {
        if (off || !wants(request)) {
            return null;
        }
        long start = System.nanoTime();
        long patience = start + locking.patience().toNanos();
        String name = id.plain();
        boolean turn = false;
        SessionLease lease = null;
        try {
            turn = await(name, locking.patience());
            lease = turn ? lease(id, patience) : null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (lease == null) {
                next(name, turn);
            }
        }
        if (lease == null) {
            statistics.lockUnavailable();
            LockUnavailableException inVain = new LockUnavailableException(locking.status());
            RequestScope.note(inVain);
            throw inVain;
        }
        statistics.locked(Duration.ofNanos(System.nanoTime() - start));
        return new Held(name, RequestPattern.name(request), lease);
    }

    private boolean wants(Request request) {
        RequestPattern pattern = locking.pattern();
        return switch (locking.mode()) {
            case NONE -> false;
            case ALL -> true;
            case AUTO -> !readOnly.contains(RequestPattern.name(request));
            case URI_PATTERN -> pattern != null && pattern.matches(request);
        };
    }

    private boolean await(String name, Duration patience) throws InterruptedException {
        Turns mine;
        synchronized (turns) {
            mine = turns.computeIfAbsent(name, key -> new Turns());
            mine.wanted++;
        }
        return mine.turn.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void next(String name, boolean hadTurn) {
        synchronized (turns) {
            Turns mine = turns.get(name);
            if (mine == null) {
                return;
            }
            if (hadTurn) {
                mine.turn.release();
            }
            if (--mine.wanted == 0) {
                turns.remove(name);
            }
        }
    }

    private @Nullable SessionLease lease(SessionId id, long patience) throws InterruptedException {
        long pause = 1;
        while (true) {
            Optional<SessionLease> lease = store.lease(id, locking.expiration());
            if (lease.isPresent()) {
                return lease.get();
            }
            if (System.nanoTime() - patience >= 0) {
                return null;
            }
            TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextLong(500, 1000 * pause + 500));
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }
}
