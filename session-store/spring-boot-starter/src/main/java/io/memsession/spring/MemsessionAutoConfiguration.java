package io.memsession.spring;

import io.memsession.store.Description;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionProperties;
import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.session.ReactiveSessionRepository;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.ReactiveSessionRepositoryCustomizer;
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
@Conditional(SwitchCondition.class)
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
                repository.stripRoutes(StoreSettings.route(properties).isPresent());
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

        /**
         * A load balancer reads the route as it stands in the cookie, so the cookie is not Base64. No condition: the
         * route differs between app servers, and conditions are decided once where the application is processed ahead
         * of time.
         */
        @Bean
        DefaultCookieSerializerCustomizer memsessionRouteCustomizer(MemsessionProperties properties) {
            Optional<String> route = StoreSettings.route(properties);
            return cookie -> route.ifPresent(shown -> {
                cookie.setUseBase64Encoding(false);
                cookie.setJvmRoute(shown);
            });
        }

        @Bean
        ServletContextInitializer memsessionDescription(ObjectProvider<SessionStore> store) {
            return context ->
                    context.setAttribute(Description.ATTRIBUTE, new Description(store::getObject, SessionId::unrouted));
        }
    }

    /** For reactive applications. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnClass(Mono.class)
    @ConditionalOnMissingBean(ReactiveSessionRepository.class)
    @EnableConfigurationProperties({MemsessionProperties.class, SessionProperties.class})
    @Import({StoreConfiguration.class, MemcachedWebSessionConfiguration.class})
    static class ReactiveSessions {

        /** Before the application's own customizers, so that those have the last word. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        ReactiveSessionRepositoryCustomizer<ReactiveMemcachedSessionRepository> memsessionPropertiesCustomizer(
                MemsessionProperties properties, ObjectProvider<SessionTimeout> timeout) {
            StoreSettings.requireReactive(properties);
            return repository -> {
                repository.setDefaultMaxInactiveInterval(StoreConfiguration.timeout(timeout));
                repository.setSaveMode(properties.saveMode());
            };
        }
    }
}
