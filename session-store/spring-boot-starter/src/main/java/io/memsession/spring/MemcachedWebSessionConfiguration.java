package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.memsession.store.StoreUnavailableException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.session.IndexResolver;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.server.SpringWebSessionConfiguration;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** What {@link EnableMemcachedWebSession} and the auto-configuration have in common. */
@Configuration(proxyBeanMethods = false)
@Import(SpringWebSessionConfiguration.class)
public class MemcachedWebSessionConfiguration extends AnnotatedSessions {

    /** What an application imports by its annotation, or gets by auto-configuration. */
    public MemcachedWebSessionConfiguration() {
        super(EnableMemcachedWebSession.class);
    }

    /** The repository; what customizes it has the last word. */
    @Bean
    public ReactiveMemcachedSessionRepository reactiveSessionRepository(
            ObjectProvider<SessionStore> store,
            ObjectProvider<SessionIdGenerator> ids,
            ObjectProvider<IndexResolver<Session>> indexes,
            ObjectProvider<ApplicationEventPublisher> publisher,
            ObjectProvider<SessionLimits> limits,
            ObjectProvider<ReactiveSessionRepositoryCustomizer<ReactiveMemcachedSessionRepository>> customizers) {
        MemcachedSessionRepository sessions = repository(store, ids, indexes, publisher, limits, new CurrentRequest());
        ReactiveMemcachedSessionRepository repository = new ReactiveMemcachedSessionRepository(sessions);
        customizers.orderedStream().forEach(customizer -> customizer.customize(repository));
        return repository;
    }

    /** Where sessions can neither be read nor written, visitors are told to come back, and keep theirs. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebExceptionHandler memsessionOutageHandler(ObjectProvider<StoreEvents> listeners) {
        return (exchange, error) -> {
            if (!(error instanceof StoreUnavailableException)
                    || exchange.getResponse().isCommitted()) {
                return Mono.error(error);
            }
            listeners.orderedStream().forEach(StoreEvents::refused);
            exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            exchange.getResponse().getHeaders().set("Retry-After", "1");
            return exchange.getResponse().setComplete();
        };
    }
}
