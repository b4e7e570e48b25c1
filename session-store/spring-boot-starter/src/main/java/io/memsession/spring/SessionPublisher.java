package io.memsession.spring;

import io.memsession.store.ExpiryListener;
import io.memsession.store.LiveSession;
import java.util.function.Function;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.session.Session;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/**
 * What tells the application of sessions that begin and end. A listener that throws does not keep the others, or the
 * request, from what they do.
 */
final class SessionPublisher implements ExpiryListener {
    private static final Log LOG = LogFactory.getLog(MemcachedSessionRepository.class);

    private final Object source;
    private final Function<LiveSession, Session> sessions;
    private volatile @Nullable ApplicationEventPublisher publisher;

    SessionPublisher(Object source, Function<LiveSession, Session> sessions) {
        this.source = source;
        this.sessions = sessions;
    }

    void publishThrough(ApplicationEventPublisher other) {
        publisher = other;
    }

    void created(Session session) {
        publish(new SessionCreatedEvent(source, session));
    }

    void deleted(LiveSession session) {
        publish(new SessionDeletedEvent(source, sessions.apply(session)));
    }

    @Override
    public void expired(LiveSession session) {
        publish(new SessionExpiredEvent(source, sessions.apply(session)));
    }

    private void publish(ApplicationEvent event) {
        ApplicationEventPublisher to = publisher;
        if (to == null) {
            return;
        }
        try {
            to.publishEvent(event);
        } catch (RuntimeException e) {
            LOG.error("a listener of " + event.getClass().getSimpleName() + " failed", e);
        }
    }
}
