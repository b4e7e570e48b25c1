package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.Objects;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.session.FlushMode;
import org.springframework.session.IndexResolver;
import org.springframework.session.MapSession;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.config.annotation.web.http.SpringHttpSessionConfiguration;
import org.springframework.util.StringValueResolver;

/**
 * What {@link EnableMemcachedHttpSession} and the auto-configuration have in common: the repository and its filters.
 */
@Configuration(proxyBeanMethods = false)
@Import(SpringHttpSessionConfiguration.class)
public class MemcachedHttpSessionConfiguration
        implements BeanClassLoaderAware, EmbeddedValueResolverAware, ImportAware {
    private ClassLoader classLoader = ClassLoader.getSystemClassLoader();
    private StringValueResolver placeholders = text -> text;
    private String nodes = "";
    private String keyPrefix = "";
    private Duration timeout = MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;
    private FlushMode flushMode = FlushMode.ON_SAVE;
    private SaveMode saveMode = SaveMode.ON_GET_ATTRIBUTE;

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
        SessionStore given = store.getIfAvailable();
        MemcachedSessionRepository repository = new MemcachedSessionRepository(
                given == null ? AnnotatedStore.open(nodes, keyPrefix, classLoader) : given,
                ids.getIfAvailable(UuidSessionIdGenerator::getInstance),
                timeout,
                memsessionCurrentRequest,
                limits.getIfAvailable(() -> SessionLimits.NONE));
        if (given == null) {
            repository.closeStoreWithThis();
        }
        repository.setFlushMode(flushMode);
        repository.setSaveMode(saveMode);
        indexes.ifAvailable(repository::setIndexResolver);
        publisher.ifAvailable(repository::setApplicationEventPublisher);
        observations.ifAvailable(repository::setObservationRegistry);
        customizers.orderedStream().forEach(customizer -> customizer.customize(repository));
        return repository;
    }

    @Bean
    CurrentRequest memsessionCurrentRequest() {
        return new CurrentRequest();
    }

    @Bean
    SessionRequestFilter memsessionSessionFilter(CurrentRequest request, ObjectProvider<RequestRules> rules) {
        Outage outage = new Outage(System::nanoTime, LogFactory.getLog(MemcachedSessionRepository.class)::warn);
        return new SessionRequestFilter(request, rules.getIfAvailable(() -> RequestRules.NONE), outage);
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
                importing.getAnnotationAttributes(EnableMemcachedHttpSession.class.getName()));
        if (said != null) {
            nodes = resolved(said.getString("nodes"));
            keyPrefix = resolved(said.getString("keyPrefix"));
            timeout = Duration.ofSeconds(said.<Integer>getNumber("maxInactiveIntervalInSeconds"));
            flushMode = said.getEnum("flushMode");
            saveMode = said.getEnum("saveMode");
        }
    }

    private String resolved(String text) {
        @Nullable String value = placeholders.resolveStringValue(text);
        return Objects.requireNonNullElse(value, "");
    }
}
