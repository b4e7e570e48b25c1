package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Tells the listeners of sessions that expired, from what these left. */
final class ExpiryTeller {
    private final Legacies legacies;
    private final Executor executor;
    private final BiFunction<Homes, SessionRecord, LiveSession> sessions;
    private final BiConsumer<SessionId, SessionRecord> ended;
    private final StoreEvents events;
    private final List<ExpiryListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * What tells.
     *
     * @param executor runs the listeners, one call after the other
     * @param sessions makes what a listener is given
     * @param ended is told when all listeners were
     */
    ExpiryTeller(
            Legacies legacies,
            Executor executor,
            BiFunction<Homes, SessionRecord, LiveSession> sessions,
            BiConsumer<SessionId, SessionRecord> ended,
            StoreEvents events) {
        this.legacies = legacies;
        this.executor = executor;
        this.sessions = sessions;
        this.ended = ended;
        this.events = events;
    }

    void add(ExpiryListener listener) {
        listeners.add(listener);
    }

    void remove(ExpiryListener listener) {
        listeners.remove(listener);
    }

    /** Tells of the session if it expired and nobody has told of it. Completes when that is done, and noted. */
    CompletableFuture<Void> tell(Homes homes) {
        return legacies.find(homes).thenCompose(legacy -> {
            SessionRecord last = legacy.record();
            if (last == null) {
                return CompletableFuture.completedFuture(null);
            }
            return CompletableFuture.runAsync(() -> tellAll(homes, last), executor)
                    .thenCompose(told -> legacies.told(legacy))
                    .thenRun(() -> ended.accept(homes.id(), last));
        });
    }

    private void tellAll(Homes homes, SessionRecord last) {
        LiveSession session = sessions.apply(homes, last);
        for (ExpiryListener listener : listeners) {
            try {
                listener.expired(session);
            } catch (RuntimeException | LinkageError | StackOverflowError e) {
                events.expiryListenerFailed(homes.id(), e);
            }
        }
        events.expired(homes.id(), Duration.ofMillis(Math.max(0, last.lastAccess() - last.created())));
    }
}
