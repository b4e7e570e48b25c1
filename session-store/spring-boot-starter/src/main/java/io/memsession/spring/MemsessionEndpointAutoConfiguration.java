package io.memsession.spring;

import io.memsession.store.SessionStore;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** What makes the actuator endpoint {@code memsession}. */
@AutoConfiguration(after = MemsessionAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnAvailableEndpoint(MemsessionEndpoint.class)
@ConditionalOnBean(SessionStore.class)
public final class MemsessionEndpointAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    MemsessionEndpoint memsessionEndpoint(SessionStore store) {
        return new MemsessionEndpoint(store);
    }
}
