package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockServletContext;
import org.springframework.session.FlushMode;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

/** Statements 62 and 63: an application that does without Boot's auto-configuration. */
class EnableMemcachedHttpSessionTest {

    private static AnnotationConfigWebApplicationContext context(Class<?> configuration) {
        AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
        context.setServletContext(new MockServletContext());
        context.register(configuration);
        return context;
    }

    @Test
    void statements62And63TheAnnotationIsAllThatItNeeds() {
        try (AnnotationConfigWebApplicationContext context = context(Annotated.class)) {
            context.refresh();
            MemcachedSessionRepository repository = context.getBean(MemcachedSessionRepository.class);
            assertThat(context.getBeansOfType(SessionRepositoryFilter.class)).hasSize(1);
            assertThat(context.getBean("memsessionSessionFilter")).isInstanceOf(SessionRequestFilter.class);

            MemcachedSession session = repository.createSession();

            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(2));
            assertThat(repository.findById(session.getId())).isNotNull();
            assertThat(context.getBean(Annotated.class).created).hasSize(1);
        }
    }

    @Test
    void withoutNodesItSaysWhatIsMissing() {
        try (AnnotationConfigWebApplicationContext context = context(WithoutNodes.class)) {
            assertThatThrownBy(context::refresh)
                    .isInstanceOf(BeanCreationException.class)
                    .rootCause()
                    .hasMessageContaining("memsession.nodes");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMemcachedHttpSession(
            nodes = "embedded",
            keyPrefix = "plain",
            maxInactiveIntervalInSeconds = 60,
            flushMode = FlushMode.IMMEDIATE)
    static class Annotated implements ApplicationListener<SessionCreatedEvent> {
        final List<SessionCreatedEvent> created = new ArrayList<>();

        @Bean
        static SessionRepositoryCustomizer<MemcachedSessionRepository> longer() {
            return repository -> repository.setDefaultMaxInactiveInterval(Duration.ofMinutes(2));
        }

        @Override
        public void onApplicationEvent(SessionCreatedEvent event) {
            created.add(event);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMemcachedHttpSession
    static class WithoutNodes {}
}
