package io.memsession.spring;

import io.memsession.store.WhenUnavailable;
import io.memsession.store.spy.Protocol;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.util.unit.DataSize;

/**
 * The settings as an application gives them, not yet checked.
 *
 * @param enabled Whether sessions are kept in memcached. If not, they live and die in this server's memory.
 * @param nodes Memcached servers that keep the sessions, each as id:host:port, in the same order everywhere; such as
 *     n1:host1:11211,n2:host2:11211. Or discover:host:port, an address that knows the servers; or host:port, a single
 *     address of whatever is behind it. The word embedded instead keeps them inside this JVM, for development.
 * @param keyPrefix What stands before a session's id in its key, so that applications sharing the memcacheds do not
 *     meet. The application's name unless set.
 * @param operationTimeout How long one round trip to a memcached may take before the memcached counts as not answering.
 * @param accessPrecision How exact the stored time of the last access is; 0 writes it at every request. The smaller of
 *     a minute and a tenth of the session timeout unless set.
 * @param protocol Protocol that is spoken with the memcacheds; text for proxies that know no other.
 * @param maxRecordSize Largest session that is kept; must stay below the memcacheds' item limit, which is 1MB unless
 *     they were started with -I.
 * @param whenUnavailable What a request gets whose session cannot be reached, as no memcached that could know answers:
 *     error answers 503; new-session lets it go on as if it had none.
 * @param flushMode When changes are kept: before the response is committed, or at once.
 * @param saveMode Which attributes are looked at when a session is kept: those that were set, or those that were read
 *     too, so that values changed in place are found. Only what really changed is written.
 * @param jvmRoute Route of this server that a load balancer finds behind a dot at the end of the session cookie. Routes
 *     of other servers are taken off.
 * @param maxLifetime Longest time that a session may live in all, however busy it is.
 * @param newSessionTimeout How long a session may go without an access until somebody has logged in to it.
 * @param noTouch Requests that are no access to their session, such as polls of a page that is left open.
 * @param ignoredPaths Patterns of paths whose requests have no session, such as /assets/**.
 * @param classFilter Which classes sessions may hold, in the syntax of jdk.serialFilter, such as
 *     com.acme.**;!com.acme.admin.*. Without encryption keys only known classes and those of the application's packages
 *     are allowed beside these.
 * @param granularity What is written as one graph: each attribute, or the session, so that attributes that hold the
 *     same object hold the same object again.
 * @param compressionThreshold Size above which an attribute is compressed. None is unless set.
 * @param encryption Encryption of what the memcacheds keep.
 * @param username Who asks, for memcacheds that want to know: by SASL, or with the text protocol by its own login.
 * @param password Password that goes with the username.
 * @param ssl TLS to the memcacheds.
 */
@ConfigurationProperties("memsession")
record MemsessionProperties(
        @DefaultValue("true") Boolean enabled,
        @DefaultValue List<String> nodes,
        @Nullable String keyPrefix,
        @DefaultValue("250ms") Duration operationTimeout,
        @Nullable Duration accessPrecision,
        @DefaultValue("binary") Protocol protocol,
        @DefaultValue("1000000B") DataSize maxRecordSize,
        @DefaultValue("error") WhenUnavailable whenUnavailable,
        @DefaultValue("on-save") FlushMode flushMode,
        @DefaultValue("on-get-attribute") SaveMode saveMode,
        @Nullable String jvmRoute,
        @Nullable Duration maxLifetime,
        @Nullable Duration newSessionTimeout,
        @DefaultValue NoTouch noTouch,
        @DefaultValue List<String> ignoredPaths,
        @DefaultValue("") String classFilter,
        @DefaultValue("attribute") Granularity granularity,
        @Nullable DataSize compressionThreshold,
        @DefaultValue Encryption encryption,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue Ssl ssl) {

    /** Shows no password. */
    @Override
    public String toString() {
        return "MemsessionProperties[nodes=" + nodes + "]";
    }

    /**
     * TLS to the memcacheds.
     *
     * @param enabled Whether TLS is spoken to the memcacheds. It is if a bundle is named, unless set.
     * @param bundle Name of the SSL bundle that says which certificates are trusted. Those that the JVM trusts unless
     *     set.
     */
    record Ssl(@Nullable Boolean enabled, @Nullable String bundle) {}

    /**
     * Requests that are no access to their session.
     *
     * @param paths Patterns of paths whose requests do not keep a session alive, such as /poll/**.
     * @param headers Names of headers; a request that has one of them does not keep a session alive.
     */
    record NoTouch(
            @DefaultValue List<String> paths, @DefaultValue List<String> headers) {}

    /**
     * How sessions are encrypted.
     *
     * @param keys Keys, each as id:base64 with 32 bytes, or file:path. The first encrypts, all decrypt.
     * @param readsPlain Whether sessions from before keys were set are still found.
     */
    record Encryption(
            @Nullable List<String> keys,
            @DefaultValue("false") Boolean readsPlain) {

        /** Shows no key. */
        @Override
        public String toString() {
            return "Encryption[" + (keys == null ? 0 : keys.size()) + " keys, readsPlain=" + readsPlain + "]";
        }
    }
}
