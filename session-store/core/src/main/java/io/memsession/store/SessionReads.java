package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a store asks its nodes for the requests of its app server. */
final class SessionReads {
    private final Pair pair;
    private final Scheduler scheduler;
    private final StoreEvents events;

    SessionReads(Pair pair) {
        this.pair = pair;
        this.scheduler = pair.scheduler();
        this.events = pair.events();
    }

    /** As {@link SessionStore#load}. */
    Optional<Loaded> load(Homes homes) {
        return timed(homes.id(), () -> pair.load(homes));
    }

    /** As {@link SessionStore#look}. */
    Optional<Loaded> look(Homes homes) {
        return timed(homes.id(), () -> pair.look(homes));
    }

    private Optional<Loaded> timed(SessionId id, Supplier<CompletableFuture<Loaded>> load) {
        long start = scheduler.nanoTime();
        Loaded loaded;
        try {
            loaded = Waiting.on(load.get());
        } catch (CorruptRecordException e) {
            // reported where it was found; for the user it is no session
            loaded = new Loaded(null, List.of());
        } catch (StoreUnavailableException e) {
            goOnWithout(id, e);
            return Optional.empty();
        }
        boolean found = loaded.live() != null;
        events.loaded(found, Duration.ofNanos(scheduler.nanoTime() - start));
        return found ? Optional.of(loaded) : Optional.empty();
    }

    /**
     * What is kept, in whatever state, and without that this counts as an access; null for nothing that is readable.
     */
    @Nullable
    SessionRecord record(Homes homes) {
        try {
            return Waiting.on(pair.read(homes)).record();
        } catch (CorruptRecordException e) {
            return null; // reported where it was found
        }
    }

    /** Lets a new session, or a request that asked for one, go on without nodes, if that is set; fails if not. */
    void goOnWithout(SessionId id, StoreUnavailableException why) {
        if (pair.config().whenUnavailable() == WhenUnavailable.ERROR) {
            throw why;
        }
        events.unreachable(id, String.valueOf(why.getMessage()));
    }
}
