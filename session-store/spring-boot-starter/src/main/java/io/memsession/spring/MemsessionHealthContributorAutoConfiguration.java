package io.memsession.spring;

import io.memsession.store.SessionStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** What shows the nodes in the application's health, as {@code memsession}. */
@AutoConfiguration(after = MemsessionAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("memsession")
@ConditionalOnBean(SessionStore.class)
public final class MemsessionHealthContributorAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(name = {"memsessionHealthContributor", "memsessionHealthIndicator"})
    HealthContributor memsessionHealthContributor(SessionStore store) {
        return new MemsessionHealthIndicator(store);
    }
}
