package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.NodeAddress;
import io.memsession.store.SessionStore;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Nodes that something else than the property names; no container engine is at hand, so none is started. */
class ConnectionDetailsTest {

    @Test
    void theApplicationsOwnDetailsTakeThePlaceOfTheProperty() {
        new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(MemsessionAutoConfiguration.class, SessionAutoConfiguration.class))
                .withUserConfiguration(Details.class)
                .run(context -> assertThat(
                                context.getBean(SessionStore.class).config().nodes())
                        .hasToString("[n1:127.0.0.1:1, n2:127.0.0.1:2]"));
    }

    @Test
    void thePairOfTwoContainersHasTwoIds() {
        MemcachedConnectionDetails first = () -> List.of(new NodeAddress("n1", "localhost", 1));
        MemcachedConnectionDetails second = () -> List.of(new NodeAddress("n1", "localhost", 2));
        assertThat(ConnectedNodes.of(List.of(first, second))).hasToString("n1:localhost:1,n2:localhost:2");
    }

    @Test
    void bootFindsTheFactoriesOfDockerComposeAndTestcontainers() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation(getClass().getClassLoader())
                        .load(ConnectionDetailsFactory.class))
                .hasAtLeastOneElementOfType(MemcachedDockerComposeConnectionDetailsFactory.class)
                .hasAtLeastOneElementOfType(MemcachedContainerConnectionDetailsFactory.class);
    }

    @Configuration(proxyBeanMethods = false)
    static class Details {
        @Bean
        MemcachedConnectionDetails first() {
            return () -> List.of(new NodeAddress("n1", "127.0.0.1", 1));
        }

        @Bean
        MemcachedConnectionDetails second() {
            return () -> List.of(new NodeAddress("n1", "127.0.0.1", 2));
        }
    }
}
