package io.memsession.spring;

import io.memsession.store.SessionStore;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** What counts and times what happens to sessions, as meters {@code memsession.*}. */
@AutoConfiguration(before = MemsessionAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnClass(MeterBinder.class)
public final class MemsessionMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StoreMeters memsessionStoreMeters() {
        return new StoreMeters();
    }

    @Bean
    @ConditionalOnMissingBean
    NodeMeters memsessionNodeMeters() {
        return new NodeMeters();
    }

    @Bean
    MeterBinder memsessionNodeMeterBinder(NodeMeters meters, ObjectProvider<SessionStore> store) {
        return registry -> store.ifAvailable(open -> meters.bind(open, registry));
    }
}
