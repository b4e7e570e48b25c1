package io.memsession.spring;

import io.memsession.store.SessionStore;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionProperties;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.SessionRepositoryCustomizer;
import reactor.core.publisher.Mono;

/**
 * What keeps a web application's sessions in a pair of memcached servers, unless the application has a session
 * repository of its own.
 */
@AutoConfiguration(
        before = SessionAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration",
            "org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration"
        },
        afterName = "org.springframework.boot.webflux.autoconfigure.WebSessionIdResolverAutoConfiguration")
@ConditionalOnClass(Session.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "memsession.enabled", matchIfMissing = true)
public final class MemsessionAutoConfiguration {

    /** For servlet applications. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnMissingBean(SessionRepository.class)
    @EnableConfigurationProperties({MemsessionProperties.class, SessionProperties.class})
    @Import({StoreConfiguration.class, MemcachedHttpSessionConfiguration.class})
    static class ServletSessions {
        /** Wherever Spring Session's filter may be; one that it does not see does no harm. */
        private static final EnumSet<DispatcherType> DISPATCHES =
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);

        /** Before the application's own customizers, so that those have the last word. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        SessionRepositoryCustomizer<MemcachedSessionRepository> memsessionPropertiesCustomizer(
                MemsessionProperties properties, ObjectProvider<SessionTimeout> timeout) {
            return repository -> {
                repository.setDefaultMaxInactiveInterval(StoreConfiguration.timeout(timeout));
                repository.setFlushMode(properties.flushMode());
                repository.setSaveMode(properties.saveMode());
                repository.stripRoutes(properties.jvmRoute() != null);
            };
        }

        @Bean
        RequestRules memsessionRequestRules(MemsessionProperties properties) {
            return RequestRules.of(properties);
        }

        @Bean
        FilterRegistrationBean<SessionRequestFilter> memsessionRequestFilter(
                SessionRequestFilter filter, SessionProperties properties) {
            FilterRegistrationBean<SessionRequestFilter> registration = new FilterRegistrationBean<>(filter);
            int inner = properties.getServlet().getFilterOrder();
            registration.setOrder(inner == Integer.MIN_VALUE ? inner : inner - 1);
            registration.setDispatcherTypes(DISPATCHES);
            return registration;
        }

        /** A load balancer reads the route as it stands in the cookie, so the cookie is not Base64. */
        @Bean
        @ConditionalOnProperty("memsession.jvm-route")
        DefaultCookieSerializerCustomizer memsessionRouteCustomizer(MemsessionProperties properties) {
            String route = StoreSettings.route(properties).orElseThrow();
            return cookie -> {
                cookie.setUseBase64Encoding(false);
                cookie.setJvmRoute(route);
            };
        }

        @Bean
        ServletContextInitializer memsessionDescription(ObjectProvider<SessionStore> store) {
            return context ->
                    context.setAttribute(SessionDescription.ATTRIBUTE, new SessionDescription(store::getObject));
        }
    }

    /** For reactive applications. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(Mono.class)
    @ConditionalOnMissingBean(ReactiveSessionRepository.class)
    @EnableConfigurationProperties({MemsessionProperties.class, SessionProperties.class})
    @Import({StoreConfiguration.class, MemcachedWebSessionConfiguration.class})
    static class ReactiveSessions {}
}
