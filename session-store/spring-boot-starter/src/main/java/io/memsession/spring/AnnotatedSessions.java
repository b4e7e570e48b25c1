package io.memsession.spring;

import io.memsession.store.SessionStore;
import java.lang.annotation.Annotation;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.EmbeddedValueResolverAware;
import org.springframework.context.annotation.ImportAware;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.session.IndexResolver;
import org.springframework.session.MapSession;
import org.springframework.session.SaveMode;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.util.StringValueResolver;

/**
 * What the configurations of servlet and of reactive applications have in common: the settings of their annotation, if
 * they come by one, and a repository by these.
 */
abstract class AnnotatedSessions implements BeanClassLoaderAware, EmbeddedValueResolverAware, ImportAware {
    private final Class<? extends Annotation> annotation;
    private ClassLoader classLoader = ClassLoader.getSystemClassLoader();
    private StringValueResolver placeholders = text -> text;
    private String nodes = "";
    private String keyPrefix = "";
    private Duration timeout = MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;
    private SaveMode saveMode = SaveMode.ON_GET_ATTRIBUTE;

    AnnotatedSessions(Class<? extends Annotation> annotation) {
        this.annotation = annotation;
    }

    /** A repository over the application's store, or over one of its own that is closed with it. */
    final MemcachedSessionRepository repository(
            ObjectProvider<SessionStore> store,
            ObjectProvider<SessionIdGenerator> ids,
            ObjectProvider<IndexResolver<Session>> indexes,
            ObjectProvider<ApplicationEventPublisher> publisher,
            ObjectProvider<SessionLimits> limits,
            CurrentRequest request) {
        SessionStore given = store.getIfAvailable();
        MemcachedSessionRepository repository = new MemcachedSessionRepository(
                given == null ? AnnotatedStore.open(nodes, keyPrefix, classLoader) : given,
                ids.getIfAvailable(UuidSessionIdGenerator::getInstance),
                timeout,
                request,
                limits.getIfAvailable(() -> SessionLimits.NONE));
        if (given == null) {
            repository.closeStoreWithThis();
        }
        repository.setSaveMode(saveMode);
        indexes.ifAvailable(repository::setIndexResolver);
        publisher.ifAvailable(repository::setApplicationEventPublisher);
        return repository;
    }

    @Override
    public final void setBeanClassLoader(ClassLoader beanClassLoader) {
        classLoader = beanClassLoader;
    }

    @Override
    public final void setEmbeddedValueResolver(StringValueResolver resolver) {
        placeholders = resolver;
    }

    @Override
    public final void setImportMetadata(AnnotationMetadata importing) {
        AnnotationAttributes said =
                AnnotationAttributes.fromMap(importing.getAnnotationAttributes(annotation.getName()));
        if (said != null) {
            nodes = resolved(said.getString("nodes"));
            keyPrefix = resolved(said.getString("keyPrefix"));
            timeout = Duration.ofSeconds(said.<Integer>getNumber("maxInactiveIntervalInSeconds"));
            saveMode = said.getEnum("saveMode");
            take(said);
        }
    }

    /** Takes what only this kind of application has in its annotation. */
    void take(AnnotationAttributes said) {}

    private String resolved(String text) {
        @Nullable String value = placeholders.resolveStringValue(text);
        return Objects.requireNonNullElse(value, "");
    }
}
