package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.http.HttpStatus;
import org.springframework.session.IndexResolver;
import org.springframework.session.MapSession;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.server.SpringWebSessionConfiguration;
import org.springframework.util.StringValueResolver;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** What {@link EnableMemcachedWebSession} and the auto-configuration have in common. */
@Configuration(proxyBeanMethods = false)
@Import(SpringWebSessionConfiguration.class)
public class MemcachedWebSessionConfiguration implements BeanClassLoaderAware, EmbeddedValueResolverAware, ImportAware {
    private ClassLoader classLoader = ClassLoader.getSystemClassLoader();
    private StringValueResolver placeholders = text -> text;
    private String nodes = "";
    private String keyPrefix = "";
    private Duration timeout = MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;
    private SaveMode saveMode = SaveMode.ON_GET_ATTRIBUTE;

    /** The repository; what customizes it has the last word. */
    @Bean
    public ReactiveMemcachedSessionRepository reactiveSessionRepository(
            ObjectProvider<SessionStore> store,
            ObjectProvider<SessionIdGenerator> ids,
            ObjectProvider<IndexResolver<Session>> indexes,
            ObjectProvider<ApplicationEventPublisher> publisher,
            ObjectProvider<SessionLimits> limits,
            ObjectProvider<ReactiveSessionRepositoryCustomizer<ReactiveMemcachedSessionRepository>> customizers) {
        SessionStore given = store.getIfAvailable();
        MemcachedSessionRepository sessions = new MemcachedSessionRepository(
                given == null ? AnnotatedStore.open(nodes, keyPrefix, classLoader) : given,
                ids.getIfAvailable(UuidSessionIdGenerator::getInstance),
                timeout,
                new CurrentRequest(),
                limits.getIfAvailable(() -> SessionLimits.NONE));
        if (given == null) {
            sessions.closeStoreWithThis();
        }
        sessions.setSaveMode(saveMode);
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

    @Override
    public void setBeanClassLoader(ClassLoader beanClassLoader) {
        classLoader = beanClassLoader;
    }

    @Override
    public void setEmbeddedValueResolver(StringValueResolver resolver) {
        placeholders = resolver;
    }

    @Override
    public void setImportMetadata(AnnotationMetadata importing) {
        AnnotationAttributes said = AnnotationAttributes.fromMap(
                importing.getAnnotationAttributes(EnableMemcachedWebSession.class.getName()));
        if (said != null) {
            nodes = resolved(said.getString("nodes"));
            keyPrefix = resolved(said.getString("keyPrefix"));
            timeout = Duration.ofSeconds(said.<Integer>getNumber("maxInactiveIntervalInSeconds"));
            saveMode = said.getEnum("saveMode");
        }
    }

    private String resolved(String text) {
        @Nullable String value = placeholders.resolveStringValue(text);
        return Objects.requireNonNullElse(value, "");
    }
}
