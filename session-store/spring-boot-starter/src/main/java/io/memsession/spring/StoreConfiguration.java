package io.memsession.spring;

import io.memsession.store.AttributeCodec;
import io.memsession.store.CompressingCodec;
import io.memsession.store.ConfigException;
import io.memsession.store.Membership;
import io.memsession.store.NodeAddress;
import io.memsession.store.SessionGraphCodec;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.StoreLog;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.kryo.KryoConfigurer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.session.MapSession;

/** The store that Boot's properties describe. */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

    @Bean
    @ConditionalOnMissingBean
    AttributeCodec memsessionAttributeCodec(
            MemsessionProperties properties,
            ConfigurableBeanFactory beans,
            ObjectProvider<KryoConfigurer> configurers) {
        List<KryoConfigurer> all = configurers.orderedStream().toList();
        KryoAttributeCodec codec = new KryoAttributeCodec(
                Objects.requireNonNullElseGet(beans.getBeanClassLoader(), ClassLoader::getSystemClassLoader),
                Protection.filter(properties, beans),
                kryo -> all.forEach(each -> each.configure(kryo)));
        AttributeCodec compressing = new CompressingCodec(codec, StoreSettings.compressionThreshold(properties));
        return properties.granularity() == Granularity.SESSION ? new SessionGraphCodec(compressing) : compressing;
    }

    @Bean
    @ConditionalOnMissingBean(MemcachedConnectionDetails.class)
    MemcachedConnectionDetails memsessionConnectionDetails(MemsessionProperties properties) {
        Membership membership = StoreSettings.membership(properties.nodes());
        return new MemcachedConnectionDetails() {
            @Override
            public List<NodeAddress> nodes() {
                return membership.nodes();
            }

            @Override
            public Membership membership() {
                return membership;
            }
        };
    }

    @Bean
    @ConditionalOnMissingBean
    SessionStore memsessionStore(
            MemsessionProperties properties,
            ObjectProvider<MemcachedConnectionDetails> details,
            AttributeCodec codec,
            ObjectProvider<StoreEvents> listeners,
            ObjectProvider<SessionTimeout> timeout,
            ObjectProvider<SslBundles> bundles,
            Environment environment) {
        StoreSettings.requireFinerThan(timeout(timeout), properties.accessPrecision());
        Membership nodes = ConnectedNodes.of(details.orderedStream().toList());
        StoreConfig config = StoreSettings.of(properties, nodes, environment.getProperty("spring.application.name"));
        StoreConfig reached = LineProperties.applied(config, properties, bundles.getIfAvailable());
        boolean embedded = StoreSettings.embedded(properties.nodes());
        if (embedded) {
            LogFactory.getLog(MemcachedSessionRepository.class)
                    .warn("memsession.nodes=embedded: sessions are kept inside this JVM and end with it;"
                            + " this is for development");
        }
        try {
            return SessionStore.open(
                    reached,
                    AnnotatedStore.connector(embedded, properties.protocol(), reached),
                    codec,
                    events(listeners, nodes.nodes().size()));
        } catch (ConfigException e) {
            throw new PropertyException("memsession", String.valueOf(e.getMessage()));
        }
    }

    private static StoreEvents events(ObjectProvider<StoreEvents> listeners, int nodes) {
        List<StoreEvents> all = new ArrayList<>();
        all.add(new StoreLog(System.getLogger("io.memsession"), nodes));
        listeners.orderedStream().forEach(all::add);
        return StoreEvents.all(all);
    }

    @Bean
    SessionLimits memsessionLimits(MemsessionProperties properties) {
        return StoreSettings.limits(properties);
    }

    /** Boot's servers take a timeout of zero for "never", so for that property it means the same here. */
    static Duration timeout(ObjectProvider<SessionTimeout> configured) {
        SessionTimeout said = configured.getIfAvailable();
        Duration timeout = said == null ? null : said.getTimeout();
        if (timeout == null) {
            return MapSession.DEFAULT_MAX_INACTIVE_INTERVAL;
        }
        return timeout.isZero() ? Duration.ofSeconds(-1) : timeout;
    }
}
