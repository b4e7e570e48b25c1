package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.session.FlushMode;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.http.SpringHttpSessionConfiguration;

/**
 * What {@link EnableMemcachedHttpSession} and the auto-configuration have in common: the repository and its filters.
 */
@Configuration(proxyBeanMethods = false)
@Import(SpringHttpSessionConfiguration.class)
public class MemcachedHttpSessionConfiguration extends AnnotatedSessions {
    private FlushMode flushMode = FlushMode.ON_SAVE;

    /** What an application imports by its annotation, or gets by auto-configuration. */
    public MemcachedHttpSessionConfiguration() {
        super(EnableMemcachedHttpSession.class);
    }

    /** The repository; what customizes it has the last word. */
    @Bean
    public MemcachedSessionRepository sessionRepository(
            ObjectProvider<SessionStore> store,
            ObjectProvider<SessionIdGenerator> ids,
            ObjectProvider<IndexResolver<Session>> indexes,
            ObjectProvider<ApplicationEventPublisher> publisher,
            ObjectProvider<SessionLimits> limits,
            ObjectProvider<ObservationRegistry> observations,
            CurrentRequest memsessionCurrentRequest,
            ObjectProvider<SessionRepositoryCustomizer<MemcachedSessionRepository>> customizers) {
        MemcachedSessionRepository repository =
                repository(store, ids, indexes, publisher, limits, memsessionCurrentRequest);
        repository.setFlushMode(flushMode);
        observations.ifAvailable(repository::setObservationRegistry);
        customizers.orderedStream().forEach(customizer -> customizer.customize(repository));
        return repository;
    }

    @Bean
    CurrentRequest memsessionCurrentRequest() {
        return new CurrentRequest();
    }

    @Bean
    SessionRequestFilter memsessionSessionFilter(
            CurrentRequest request, ObjectProvider<RequestRules> rules, ObjectProvider<StoreEvents> listeners) {
        Outage outage = new Outage(
                System::nanoTime,
                LogFactory.getLog(MemcachedSessionRepository.class)::warn,
                () -> listeners.orderedStream().forEach(StoreEvents::refused));
        return new SessionRequestFilter(request, rules.getIfAvailable(() -> RequestRules.NONE), outage);
    }

    @Override
    void take(AnnotationAttributes said) {
        flushMode = said.getEnum("flushMode");
    }
}
