package io.memsession.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

// long because it is all that a host may ask of a session: a few lines each, under one lock
/**
 * One session at work in one app server: what was read from its homes, and what requests have changed since. Attributes
 * are decoded when they are first asked for. Nothing is kept before {@link SessionStore#save}.
 *
 * <p>Thread-safe, so that the requests in flight for a session can share it. A value that an attribute holds is as
 * thread-safe as the application made it.
 */
public final class LiveSession {
    private final ReentrantLock lock = new ReentrantLock();
    /** Held over a whole save, so that saves of one session follow each other. */
    private final ReentrantLock saving = new ReentrantLock();

    private final Attributes attributes;
    private final StoreEvents events;
    private final Expiry expiry;
    private final long created;

    private SessionId id;
    /** Where it is kept: under another id than its own once somebody else has renamed it. */
    private Homes homes;

    private @Nullable Loaded kept;
    private final LastAccess lastAccess;

    private @Nullable Timeout changedTimeout;
    private Delta.@Nullable Principal changedPrincipal;

    /** A new session, if {@code kept} is null, or the one that was read. */
    LiveSession(Homes homes, @Nullable Loaded kept, AttributeCodec codec, Expiry expiry, StoreEvents events, long now) {
        SessionRecord record = kept == null ? null : kept.live();
        this.id = homes.id();
        this.homes = homes;
        this.kept = record == null ? null : kept;
        this.attributes = Attributes.of(codec, record == null ? SessionRecord.EMPTY.attributes() : record.attributes());
        this.expiry = expiry;
        this.events = events;
        this.created = record == null ? now : record.created();
        this.lastAccess = new LastAccess(record == null ? now : SetBack.lastAccess(record));
    }

    /**
     * The session's id, as its host knows it. If another request renamed the session meanwhile, it stays what it was:
     * who still shows the old id must not be told the new one.
     */
    public SessionId id() {
        return locked(() -> id);
    }

    /** Whether somebody else renamed it since it was read. */
    boolean renamedElsewhere() {
        return locked(() -> !homes.id().plain().equals(id.plain()));
    }

    /** Whether no home keeps it yet. */
    public boolean isNew() {
        return locked(() -> kept == null);
    }

    /** When it was created. */
    public Instant creationTime() {
        return Instant.ofEpochMilli(created);
    }

    /** When it was last asked for, as far as is known here: for others' requests exact to the access precision. */
    public Instant lastAccess() {
        return Instant.ofEpochMilli(locked(lastAccess::time));
    }

    /** Notes that it was asked for at that time; an earlier time than the one known is ignored. */
    public void accessed(Instant time) {
        change(() -> lastAccess.note(time.toEpochMilli(), knownAccess()));
    }

    /**
     * Says when it was asked for last, also if that is earlier than what is known. An earlier time is kept unless
     * somebody else asks for the session meanwhile: then theirs counts.
     */
    public void lastAccess(Instant time) {
        change(() -> lastAccess.set(time.toEpochMilli(), knownAccess()));
    }

    private long knownAccess() {
        return kept == null ? created : SetBack.lastAccess(record());
    }

    /** How long it may go without an access; negative means for ever. */
    public Duration timeout() {
        return locked(() -> {
            Timeout timeout =
                    changedTimeout != null ? changedTimeout : record().timeout().value();
            return timeout == null ? Duration.ofMillis(-1) : timeout.duration();
        });
    }

    /** Changes how long it may go without an access; negative means for ever. */
    public void timeout(Duration timeout) {
        change(() -> {
            Timeout wanted = expiry.timeout(timeout);
            changedTimeout = wanted.equals(record().timeout().value()) ? null : wanted;
        });
    }

    /** Who is logged in, by name; empty if nobody is. */
    public Optional<String> principal() {
        return Optional.ofNullable(locked(() -> changedPrincipal != null
                ? changedPrincipal.name()
                : record().principal().value()));
    }

    /** Changes who is logged in; null for nobody. */
    public void principal(@Nullable String name) {
        change(() -> {
            boolean same = Objects.equals(name, record().principal().value());
            changedPrincipal = same ? null : new Delta.Principal(name);
        });
    }

    /** The attribute's value, the same object each time; null if there is none, or if it cannot be read here. */
    public @Nullable Object attribute(String name) {
        return locked(() -> {
            try {
                return attributes.get(name);
            } catch (AttributeCodecException e) {
                events.attributeUnreadable(id, name, e);
                return null;
            }
        });
    }

    /** Sets the attribute; null removes it. */
    public void attribute(String name, @Nullable Object value) {
        change(() -> attributes.set(name, value));
    }

    /** From now on a save keeps what was set or removed, and does not look for values that were changed in place. */
    public void keepOnlyWhatIsSet() {
        change(() -> attributes.keepOnlyWhatIsSet());
    }

    /** The names of all attributes, in a set of the caller's own. */
    public Set<String> attributeNames() {
        return locked(attributes::names);
    }

    /** The names that it can be found by, with their values, see {@link SessionIndexes#find}. */
    public Map<String, String> names() {
        return Names.of(attribute(Reserved.INDEXES), principal());
    }

    /** Changes the names that it can be found by, and with them who is logged in. */
    public void names(Map<String, String> names) {
        principal(names.get(SessionIndexes.PRINCIPAL));
        Object others = Names.others(names);
        if (!Objects.equals(others, attribute(Reserved.INDEXES))) {
            attribute(Reserved.INDEXES, others);
        }
    }

    /** How many times its record was written; 0 for a new session. */
    public long version() {
        return locked(() -> record().version());
    }

    ReentrantLock saving() {
        return saving;
    }

    Homes homes() {
        return locked(() -> homes);
    }

    @Nullable
    Loaded kept() {
        return locked(() -> kept);
    }

    private SessionRecord record() {
        SessionRecord record = kept == null ? null : kept.record();
        return record == null ? SessionRecord.EMPTY : record;
    }

    /** What there is to keep. Reports the attributes that cannot be written. */
    Pending pending(long now) {
        lock.lock();
        try {
            Attributes.Changes changes = attributes.changes();
            changes.unsaved().forEach(each -> events.attributeNotSaved(id, each.name(), each.why()));
            long access = lastAccess.time();
            if (lastAccess.isSetBack()) {
                access = kept == null ? access : record().lastAccess();
                Timeout timeout = changedTimeout == null ? record().timeout().value() : changedTimeout;
                changes.changed().put(Reserved.SET_BACK, lastAccess.toKeep(access, timeout, now));
            }
            Delta delta = new Delta(
                    kept == null ? created : Long.MIN_VALUE,
                    access,
                    changedTimeout,
                    changedPrincipal,
                    changes.changed());
            if (!delta.accessOnly()) {
                KeptId.missing(homes, record())
                        .ifPresent(id -> changes.changed().put(Reserved.ID, Optional.of(id)));
            }
            return new Pending(homes, kept, delta, changes);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says that no request is at work on it. What was asked for until the last save, if that found all of it kept, is
     * looked at by the next one only if it was asked for again by then, or if something else has changed.
     */
    public void rest() {
        if (lock.tryLock()) { // who holds it is at work on it
            try {
                attributes.rest();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Says that values that were at rest may have changed. */
    public void wake() {
        change(attributes::wake);
    }

    /** What there was to keep need not be kept now. */
    void saved(Pending pending) {
        change(() -> attributes.saved(pending.changes()));
    }

    /** What a save was to keep is kept now; what others changed meanwhile is taken over. */
    void saved(Pending pending, Saved saved) {
        change(() -> {
            attributes.saved(pending.changes());
            if (Objects.equals(changedTimeout, pending.delta().timeout())) {
                changedTimeout = null;
            }
            if (Objects.equals(changedPrincipal, pending.delta().principal())) {
                changedPrincipal = null;
            }
            homes = saved.homes();
            become(saved.loaded());
            lastAccess.compare(knownAccess());
        });
    }

    /** Takes over what another read of the same session found, where it is newer than what is known here. */
    public void takeOver(LiveSession other) {
        Loaded newer = other.kept();
        if (newer != null) {
            takeOver(newer);
        }
    }

    /** Takes over what was read from the homes, where it is newer than what is known here. */
    void takeOver(Loaded loaded) {
        change(() -> become(loaded));
    }

    /** Goes on under another id; {@code loaded} is what is kept there, null for a session that was never kept. */
    void renamed(Homes to, @Nullable Loaded loaded) {
        change(() -> {
            id = to.id();
            homes = to;
            if (loaded != null) {
                become(loaded);
            }
        });
    }

    private void become(Loaded loaded) {
        SessionRecord record = loaded.live();
        if (record != null && record.version() >= record().version()) {
            kept = loaded;
            lastAccess.takeOver(record);
            attributes.takeOver(record.attributes());
        }
    }

    private void change(Runnable action) {
        locked(() -> {
            action.run();
            return null;
        });
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
