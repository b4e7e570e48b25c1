package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.diagnostics.FailureAnalysis;
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
    void nodesAreAllThatItNeeds() {
        runner.run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).hasSingleBean(MemcachedSessionRepository.class);
            assertThat(context).hasSingleBean(SessionRepositoryFilter.class);
            assertThat(context.getBean(SessionRepository.class).createSession().getMaxInactiveInterval())
                    .isEqualTo(Duration.ofMinutes(30));
        });
    }

    @Test
    void itsFilterIsAroundSpringSessions() {
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
    void itStepsBackWhereTheApplicationHasARepository() {
        unset.withUserConfiguration(OwnRepository.class).run(context -> {
            assertThat(context).hasSingleBean(MapSessionRepository.class);
            assertThat(context).doesNotHaveBean(SessionStore.class);
            assertThat(context).doesNotHaveBean("memsessionHealthContributor");
        });
    }

    @Test
    void itStepsBackWhereItIsSwitchedOff() {
        unset.withPropertyValues("memsession.enabled=false")
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
    void theTimeoutIsBoots(String property, Duration timeout) {
        runner.withPropertyValues(property)
                .run(context -> assertThat(context.getBean(SessionRepository.class)
                                .createSession()
                                .getMaxInactiveInterval())
                        .isEqualTo(timeout));
    }

    @Test
    void theApplicationHasTheLastWord() {
        runner.withUserConfiguration(Customized.class)
                .run(context -> assertThat(
                                context.getBean(SessionRepository.class).createSession())
                        .satisfies(session -> {
                            assertThat(session.getId()).isEqualTo("own");
                            assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(3));
                        }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memsession.x=1 | memsession.nodes: is not set | memsession.nodes=n1:host1:11211,n2:host2:11211",
                "memsession.nodes= | memsession.nodes: is not set | memsession.enabled=false",
                "memsession.nodes=localhost | not of the form id:host:port | memsession.nodes=n1:host1:11211,n2:host2:11211",
                "memsession.nodes=n1:a:1,n1:b:2 | stands there twice | id:host:port",
                "memsession.nodes=n1:a:99999 | not between 1 and 65535 | id:host:port"
            })
    void unusableNodesAreToldWithARightValue(String property, String why, String remedy) {
        unset.withPropertyValues(property).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).contains("memsession.nodes").contains(why);
            assertThat(analysis.getAction()).contains(remedy);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "memsession.key-prefix, a b",
        "memsession.key-prefix, memsession",
        "memsession.operation-timeout, 0ms",
        "memsession.operation-timeout, 1h",
        "memsession.access-precision, -1s",
        "memsession.max-record-size, 10B"
    })
    void anUnusableValueIsToldWithThePropertyNamed(String property, String value) {
        runner.withPropertyValues(property + "=" + value).run(context -> {
            FailureAnalysis analysis = analysis(context.getStartupFailure());
            assertThat(analysis.getDescription()).startsWith(property + ": cannot be used: ");
            assertThat(analysis.getAction()).contains(property + "=");
        });
    }

    private static FailureAnalysis analysis(Throwable failure) {
        return Objects.requireNonNull(new PropertyFailureAnalyzer().analyze(failure), "not ours");
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
