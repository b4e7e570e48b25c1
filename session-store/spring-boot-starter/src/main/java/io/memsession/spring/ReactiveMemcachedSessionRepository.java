package io.memsession.spring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.IndexResolver;
import org.springframework.session.ReactiveFindByIndexNameSessionRepository;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The sessions of one reactive application, kept in a pair of nodes. What waits for the nodes does so on Reactor's
 * bounded elastic threads, never on an event loop.
 */
public final class ReactiveMemcachedSessionRepository
        implements ReactiveSessionRepository<MemcachedSession>,
                ReactiveFindByIndexNameSessionRepository<MemcachedSession>,
                DisposableBean {
    private final MemcachedSessionRepository sessions;

    /** A repository that asks another one, which knows no requests. */
    public ReactiveMemcachedSessionRepository(MemcachedSessionRepository sessions) {
        this.sessions = sessions;
    }

    /** Changes how long sessions created from now on may go without an access; negative means for ever. */
    public void setDefaultMaxInactiveInterval(Duration interval) {
        sessions.setDefaultMaxInactiveInterval(interval);
    }

    /** Changes what sessions can be found by; the principal's name unless set. */
    public void setIndexResolver(IndexResolver<Session> resolver) {
        sessions.setIndexResolver(resolver);
    }

    /** Changes which attributes a save looks at, see {@link MemcachedSessionRepository#setSaveMode}. */
    public void setSaveMode(SaveMode mode) {
        sessions.setSaveMode(mode);
    }

    @Override
    public Mono<MemcachedSession> createSession() {
        return elsewhere(sessions::createSession); // an id may have to wait for the machine's random numbers
    }

    @Override
    public Mono<Void> save(MemcachedSession session) {
        return elsewhere(() -> {
            sessions.save(session);
            return null;
        });
    }

    @Override
    public Mono<MemcachedSession> findById(String id) {
        return elsewhere(() -> sessions.findById(id));
    }

    @Override
    public Mono<Void> deleteById(String id) {
        return elsewhere(() -> {
            sessions.deleteById(id);
            return null;
        });
    }

    @Override
    public Mono<Map<String, MemcachedSession>> findByIndexNameAndIndexValue(String indexName, String indexValue) {
        String name = indexName.equals(PRINCIPAL_NAME_INDEX_NAME)
                ? FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME // it has another name there
                : indexName;
        return elsewhere(() -> sessions.findByIndexNameAndIndexValue(name, indexValue));
    }

    private static <T> Mono<T> elsewhere(Callable<? extends @Nullable T> action) {
        return Mono.<T>fromCallable(action).subscribeOn(Schedulers.boundedElastic());
    }

    /** Publishes no further events. */
    @Override
    public void destroy() {
        sessions.destroy();
    }
}
