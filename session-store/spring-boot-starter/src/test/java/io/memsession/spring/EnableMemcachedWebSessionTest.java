package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
import org.springframework.web.server.session.WebSessionManager;

/** A reactive application that does without Boot's auto-configuration. */
class EnableMemcachedWebSessionTest {

    @Test
    void statement64TheAnnotationIsAllThatItNeeds() {
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(Annotated.class, Customized.class)) {
            ReactiveMemcachedSessionRepository repository = context.getBean(ReactiveMemcachedSessionRepository.class);
            assertThat(context.getBeansOfType(WebSessionManager.class)).hasSize(1);
            MemcachedSession session =
                    Objects.requireNonNull(repository.createSession().block());
            repository.save(session).block();
            assertThat(repository.findById(session.getId()).block()).isNotNull();
            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(2));
        }
    }

    @Test
    void itsTimeoutIsTheAnnotations() {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Annotated.class)) {
            assertThat(Objects.requireNonNull(context.getBean(ReactiveMemcachedSessionRepository.class)
                                    .createSession()
                                    .block())
                            .getMaxInactiveInterval())
                    .isEqualTo(Duration.ofMinutes(1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableMemcachedWebSession(nodes = "embedded", keyPrefix = "plain", maxInactiveIntervalInSeconds = 60)
    static class Annotated {}

    @Configuration(proxyBeanMethods = false)
    static class Customized {
        @Bean
        ReactiveSessionRepositoryCustomizer<ReactiveMemcachedSessionRepository> longer() {
            return repository -> repository.setDefaultMaxInactiveInterval(Duration.ofMinutes(2));
        }
    }
}
