package io.memsession.spring;

import io.memsession.store.LiveSession;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;

/**
 * A session as Spring Session sees it, at work in one request. Nothing is kept before
 * {@link MemcachedSessionRepository#save}; values that were changed in place are found then, too. Thread-safe.
 */
public final class MemcachedSession implements Session {
    private static final Duration LONGEST = Duration.ofMillis(Long.MAX_VALUE);

    /** Whoever notes an access that is no older does not set the time back: it comes from a clock that was read now. */
    private static final Duration JUST_NOW = Duration.ofSeconds(1);

    private final LiveSession live;
    private final InstantSource clock;
    private final Supplier<SessionId> ids;
    private final ReentrantLock saving = new ReentrantLock();

    /**
     * The id that this request may know. Not the engine's: where somebody renamed the session meanwhile, the engine
     * follows it with the changes, but the new id is for the one who renamed it, and nobody else's cookie.
     */
    private volatile SessionId id;

    private final Consumer<MemcachedSession> changed;
    private volatile @Nullable SessionId renamed;
    private volatile boolean touched;
    private volatile boolean untouched;
    private volatile boolean over;

    /**
     * A session.
     *
     * @param changed is told of each change that was made, for who wants it to be saved at once
     */
    MemcachedSession(
            LiveSession live, InstantSource clock, Supplier<SessionId> ids, Consumer<MemcachedSession> changed) {
        this.live = live;
        this.clock = clock;
        this.ids = ids;
        this.changed = changed;
        this.id = live.id();
        this.touched = live.isNew();
    }

    @Override
    public String getId() {
        SessionId wanted = renamed;
        return (wanted == null ? id : wanted).text();
    }

    /** The id under which it is kept: until the next save still the one before {@link #changeSessionId}. */
    SessionId keptId() {
        return id;
    }

    @Override
    public String changeSessionId() {
        SessionId wanted = ids.get();
        renamed = wanted;
        return wanted.text();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // as Spring Session has it: the caller says the type
    public <T> @Nullable T getAttribute(String attributeName) {
        touched = true;
        return (T) live.attribute(attributeName);
    }

    @Override
    public Set<String> getAttributeNames() {
        return live.attributeNames();
    }

    @Override
    public void setAttribute(String attributeName, @Nullable Object attributeValue) {
        touched = true;
        live.attribute(attributeName, attributeValue);
        changed.accept(this);
    }

    @Override
    public void removeAttribute(String attributeName) {
        setAttribute(attributeName, null);
    }

    @Override
    public Instant getCreationTime() {
        return live.creationTime();
    }

    /**
     * {@inheritDoc} An earlier time than the one that is kept is kept too, unless somebody else comes later. The time
     * that it is now is an access: Spring Session reads this machine's clock for it, which may not be the one that the
     * app servers agreed on.
     */
    @Override
    public void setLastAccessedTime(Instant lastAccessedTime) {
        if (untouched) {
            return;
        }
        if (isAbout(clock.instant(), lastAccessedTime)) {
            live.accessed(lastAccessedTime);
        } else if (isAbout(Instant.now(), lastAccessedTime)) {
            live.accessed(clock.instant());
        } else {
            live.lastAccess(lastAccessedTime);
        }
        changed.accept(this);
    }

    private static boolean isAbout(Instant now, Instant time) {
        return Duration.between(time, now).abs().compareTo(JUST_NOW) <= 0;
    }

    @Override
    public Instant getLastAccessedTime() {
        return live.lastAccess();
    }

    @Override
    public void setMaxInactiveInterval(Duration interval) {
        live.timeout(bounded(interval));
        changed.accept(this);
    }

    /** The interval, or the longest that can be kept. */
    static Duration bounded(Duration interval) {
        return interval.compareTo(LONGEST) > 0 ? LONGEST : interval;
    }

    @Override
    public Duration getMaxInactiveInterval() {
        return live.timeout();
    }

    @Override
    public boolean isExpired() {
        Duration interval = getMaxInactiveInterval();
        return !interval.isNegative() && !clock.instant().minus(interval).isBefore(getLastAccessedTime());
    }

    /** The same session, for a request that is no access: the time of the last one stays as it is. */
    MemcachedSession untouched() {
        untouched = true;
        return this;
    }

    /** Whether no home keeps it yet. */
    boolean isNew() {
        return live.isNew();
    }

    /**
     * Keeps what was changed, under the new id if there is one. A session that is over stays over.
     *
     * @param indexes tells what it is to be found by
     */
    SaveOutcome saveTo(SessionStore store, IndexResolver<Session> indexes) {
        saving.lock();
        try {
            if (touched && !over) {
                live.names(SessionNames.of(indexes.resolveIndexesFor(this)));
                touched = false;
            }
            if (!over && renamedIn(store) && store.save(live) != SaveOutcome.OVER) {
                return SaveOutcome.SAVED;
            }
            over = true;
            return SaveOutcome.OVER;
        } finally {
            saving.unlock();
        }
    }

    /**
     * Carries the change of the id out, if there is one. Returns false where somebody else renamed the session first:
     * then neither the id nor the changes of this request may reach the session of that other one, who may be logged
     * in, and the cookie stays as it is.
     */
    private boolean renamedIn(SessionStore store) {
        SessionId wanted = renamed;
        if (wanted == null) {
            return true;
        }
        boolean mine = live.id().equals(id) && store.rename(live, wanted);
        if (mine) {
            id = wanted;
        }
        if (wanted.equals(renamed)) {
            renamed = null;
        }
        return mine;
    }

    /** Nobody shall save it any more. */
    void end() {
        over = true;
    }
}
