package io.memsession.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Import;
import org.springframework.session.MapSession;
import org.springframework.session.SaveMode;

/**
 * Keeps the web sessions of a reactive application in memcached that does not use Spring Boot's auto-configuration.
 * Makes the bean {@code webSessionManager}.
 *
 * <pre>{@code
 * @Configuration
 * @EnableMemcachedWebSession(nodes = "n1:host1:11211,n2:host2:11211", keyPrefix = "shop")
 * class SessionConfiguration {}
 * }</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Documented
@Import(MemcachedWebSessionConfiguration.class)
public @interface EnableMemcachedWebSession {

    /** The memcached servers, each as {@code id:host:port}; not needed if there is a bean of type SessionStore. */
    String nodes() default "${memsession.nodes:}";

    /** What stands before a session's id in its key, so that applications sharing the nodes do not meet. */
    String keyPrefix() default "${spring.application.name:}";

    /** How long a session may go without an access, in seconds; negative means for ever. */
    int maxInactiveIntervalInSeconds() default MapSession.DEFAULT_MAX_INACTIVE_INTERVAL_SECONDS;

    /** Which attributes a save looks at, see {@link MemcachedSessionRepository#setSaveMode}. */
    SaveMode saveMode() default SaveMode.ON_GET_ATTRIBUTE;
}
