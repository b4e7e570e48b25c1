package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * What Boot makes of the starter. Nothing listens at the nodes' addresses, which keeps no application from starting.
 */
class AutoConfigurationTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            MemsessionAutoConfiguration.class,
            MemsessionHealthContributorAutoConfiguration.class,
            SessionAutoConfiguration.class);

    private final WebApplicationContextRunner unset = new WebApplicationContextRunner().withConfiguration(ALL);
    private final WebApplicationContextRunner runner =
            unset.withPropertyValues("memsession.nodes=n1:127.0.0.1:1,n2:127.0.0.1:2");

    @Test
    void statements70And76NodesAreAllThatItNeeds() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(MemcachedSessionRepository.class);
            assertThat(context).hasSingleBean(SessionRepositoryFilter.class);
            assertThat(context.getBean(SessionRepository.class).createSession().getMaxInactiveInterval())
                    .isEqualTo(Duration.ofMinutes(30));
        });
    }

    @Test
    void statement69ItsFilterIsAroundSpringSessions() {
        runner.withPropertyValues("spring.session.servlet.filter-order=7").run(context -> {
            assertThat(context.getBean("memsessionRequestFilter", FilterRegistrationBean.class)
                            .getOrder())
                    .isEqualTo(6);
            assertThat(context.getBean(DelegatingFilterProxyRegistrationBean.class)
                            .getOrder())
                    .isEqualTo(7);
        });
    }

    @Test
    void statement71ItStepsBackWhereTheApplicationHasARepository() {
        unset.withUserConfiguration(OwnRepository.class).run(context -> {
            assertThat(context).hasSingleBean(MapSessionRepository.class);
            assertThat(context).doesNotHaveBean(SessionStore.class);
            assertThat(context).doesNotHaveBean("memsessionHealthContributor");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "off", "no"})
    void itStepsBackWhereItIsSwitchedOff(String off) {
        unset.withPropertyValues("memsession.enabled=" + off)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(SessionRepository.class)
                        .doesNotHaveBean(SessionRepositoryFilter.class));
    }

    @Test
    void itIsForServletApplicationsOnly() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SessionStore.class));
    }

    @Test
    void allPropertiesReachTheEngine() {
        runner.withPropertyValues(
                        "memsession.key-prefix=till",
                        "memsession.operation-timeout=1s",
                        "memsession.access-precision=0",
                        "memsession.protocol=text",
                        "memsession.max-record-size=2MB")
                .run(context -> assertThat(context.getBean(SessionStore.class).config())
                        .satisfies(config -> {
                            assertThat(config.nodes()).hasToString("[n1:127.0.0.1:1, n2:127.0.0.1:2]");
                            assertThat(config.keyPrefix()).isEqualTo("till");
                            assertThat(config.operationTimeout()).isEqualTo(Duration.ofSeconds(1));
                            assertThat(config.accessPrecision()).isEqualTo(Duration.ZERO);
                            assertThat(config.maxRecordSize()).isEqualTo(2 << 20);
                        }));
    }

    @Test
    void nodesMayBeAListToo() {
        unset.withPropertyValues("memsession.nodes[0]=n1:127.0.0.1:1", "memsession.nodes[1]=n2:127.0.0.1:2")
                .run(context -> assertThat(
                                context.getBean(SessionStore.class).config().nodes())
                        .hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({
        "shop, shop",
        "Mein Läden, Mein-L-den",
        "memsession, memsession-app",
        "memsession:x, memsession-x",
        "'', memsession-app",
        ", memsession-app"
    })
    void theApplicationsNameIsThePrefix(String name, String prefix) {
        assertThat(StoreSettings.prefix(name)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({
        "spring.session.timeout=90s, PT90S",
        "spring.session.timeout=45, PT45S",
        "spring.session.timeout=40d, PT960H",
        "spring.session.timeout=0, PT-0.001S",
        "spring.session.timeout=-1, PT-0.001S"
    })
    void statements69And72TheTimeoutIsBoots(String property, Duration timeout) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(context.getBean(SessionRepository.class)
                                .createSession()
                                .getMaxInactiveInterval())
                        .isEqualTo(timeout));
    }

    @Test
    void statements54And71TheApplicationHasTheLastWord() {
        runner.withUserConfiguration(Customized.class)
                .run(context -> assertThat(
                                context.getBean(SessionRepository.class).createSession())
                        .satisfies(session -> {
                            assertThat(session.getId()).isEqualTo("own");
                            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(3));
                        }));
    }

    @Test
    void healthIsDownWithNoNodeAtAll() {
        runner.run(context -> {
            Health health = context.getBean("memsessionHealthContributor", HealthIndicator.class)
                    .health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).containsEntry("degraded", true);
            assertThat(health.getDetails().get("nodes").toString()).contains("n1={", "127.0.0.1:1", "state=down");
        });
    }

    @Test
    void itDoesWithoutBootsHealth() {
        String ofHealth = StreamSupport.stream(
                        ImportCandidates.load(AutoConfiguration.class, null).spliterator(), false)
                .filter(name -> name.startsWith("org.springframework.boot.health"))
                .collect(Collectors.joining(","));
        new WebApplicationContextRunner()
                .withUserConfiguration(Everything.class)
                .withPropertyValues("memsession.nodes=n1:127.0.0.1:1", "spring.autoconfigure.exclude=" + ofHealth)
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(MemcachedSessionRepository.class)
                        .doesNotHaveBean("memsessionHealthContributor"));
    }

    @Test
    void healthCanBeSwitchedOff() {
        runner.withPropertyValues("management.health.memsession.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("memsessionHealthContributor"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Everything {}

    @Configuration(proxyBeanMethods = false)
    static class OwnRepository {
        @Bean
        MapSessionRepository own() {
            return new MapSessionRepository(new ConcurrentHashMap<>());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customized {
        @Bean
        SessionIdGenerator ids() {
            return () -> "own";
        }

        @Bean
        SessionRepositoryCustomizer<MemcachedSessionRepository> shorter() {
            return repository -> repository.setDefaultMaxInactiveInterval(Duration.ofMinutes(3));
        }
    }
}
