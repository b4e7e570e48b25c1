package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
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
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.server.SpringWebSessionConfiguration;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** The sessions of a reactive application. */
@Configuration(proxyBeanMethods = false)
@Import(SpringWebSessionConfiguration.class)
class MemcachedWebSessionConfiguration {

    @Bean
    ReactiveMemcachedSessionRepository reactiveSessionRepository(
            SessionStore store,
            MemsessionProperties properties,
            ObjectProvider<SessionTimeout> timeout,
            ObjectProvider<SessionIdGenerator> ids,
            ObjectProvider<IndexResolver<Session>> indexes,
            ObjectProvider<ApplicationEventPublisher> publisher,
            SessionLimits limits,
            ObjectProvider<ReactiveSessionRepositoryCustomizer<ReactiveMemcachedSessionRepository>> customizers) {
        MemcachedSessionRepository sessions = new MemcachedSessionRepository(
                store,
                ids.getIfAvailable(UuidSessionIdGenerator::getInstance),
                StoreConfiguration.timeout(timeout),
                new CurrentRequest(),
                limits);
        sessions.setSaveMode(properties.saveMode());
        indexes.ifAvailable(sessions::setIndexResolver);
        publisher.ifAvailable(sessions::setApplicationEventPublisher);
        ReactiveMemcachedSessionRepository repository = new ReactiveMemcachedSessionRepository(sessions);
        customizers.orderedStream().forEach(customizer -> customizer.customize(repository));
        return repository;
    }

    /** Where sessions can neither be read nor written, visitors are told to come back, and keep theirs. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebExceptionHandler memsessionOutageHandler() {
        return (exchange, error) -> {
            if (!(error instanceof StoreUnavailableException)
                    || exchange.getResponse().isCommitted()) {
                return Mono.error(error);
            }
            exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            exchange.getResponse().getHeaders().set("Retry-After", "1");
            return exchange.getResponse().setComplete();
        };
    }
}
