package io.memsession.tomcat;

import io.memsession.store.RedisAccess;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.session.ManagerBase;
import org.jspecify.annotations.Nullable;

/**
 * What can be written at the {@code <Manager>} element, as texts. They are checked when the context starts; those that
 * may change at run time are checked again then, and a wrong one changes nothing.
 */
public abstract class ManagerAttributes extends ManagerBase {
    private final Map<String, String> texts = new ConcurrentHashMap<>();

    ManagerAttributes() {}

    AttributeValues values() {
        return new AttributeValues(Map.copyOf(texts));
    }

    /** Takes over what was changed while the Manager runs. */
    abstract void reconfigure();

    private void set(String name, @Nullable String text) {
        String before = texts.put(name, text == null ? "" : text);
        try {
            reconfigure();
        } catch (RuntimeException e) {
            texts.put(name, Objects.requireNonNullElse(before, ""));
            throw e;
        }
    }

    private String get(String name, String otherwise) {
        return values().text(name, otherwise);
    }

    /** Where the nodes are: {@code n1:host1:11211,n2:host2:11211}. Has no default. Can change at run time. */
    public void setMemcachedNodes(String nodes) {
        set(Settings.NODES, nodes);
    }

    /** Where the nodes are, as it was written, but for logins. */
    public String getMemcachedNodes() {
        return RedisAccess.withoutLogin(get(Settings.NODES, ""));
    }

    /**
     * The ids of the nodes that new sessions get only when no other is up, separated by commas or spaces; none by
     * default. Can change at run time.
     */
    public void setFailoverNodes(String ids) {
        set("failoverNodes", ids);
    }

    /** The ids of the failover nodes, as they were written. */
    public String getFailoverNodes() {
        return get("failoverNodes", "");
    }

    /** Whether sessions stay in the server between requests; {@code true} by default. Can change at run time. */
    public void setSticky(String sticky) {
        set("sticky", sticky);
    }

    /** The same, for programs. */
    public void setSticky(boolean sticky) {
        setSticky(String.valueOf(sticky));
    }

    /** Whether sessions stay in the server between requests. */
    public boolean isSticky() {
        return values().flag("sticky", true);
    }

    /**
     * Whether sessions are kept in the nodes; {@code true} by default. {@code false} only with sticky sessions. Can
     * change at run time.
     */
    public void setEnabled(String enabled) {
        set("enabled", enabled);
    }

    /** The same, for programs. */
    public void setEnabled(boolean enabled) {
        setEnabled(String.valueOf(enabled));
    }

    /** Whether sessions are kept in the nodes. */
    public boolean isEnabled() {
        return values().flag("enabled", true);
    }

    /**
     * Whether a sticky session is kept after the answer instead of before; {@code false} by default. Can change at run
     * time.
     */
    public void setSessionBackupAsync(String inBackground) {
        set("sessionBackupAsync", inBackground);
    }

    /** The same, for programs. */
    public void setSessionBackupAsync(boolean inBackground) {
        setSessionBackupAsync(String.valueOf(inBackground));
    }

    /** Whether a sticky session is kept after the answer. */
    public boolean isSessionBackupAsync() {
        return values().flag("sessionBackupAsync", false);
    }

    /** How many threads keep sessions in the background; by default one for each processor. Can change at run time. */
    public void setBackupThreadCount(String threads) {
        set("backupThreadCount", threads);
    }

    /** The same, for programs. */
    public void setBackupThreadCount(int threads) {
        setBackupThreadCount(String.valueOf(threads));
    }

    /** How many threads keep sessions in the background. */
    public int getBackupThreadCount() {
        return (int) values().number("backupThreadCount", Runtime.getRuntime().availableProcessors(), 1, 1024);
    }

    /** How long one round trip to a node may take, in milliseconds; 250 by default. */
    public void setOperationTimeout(String milliseconds) {
        set("operationTimeout", milliseconds);
    }

    /**
     * What a request gets whose session cannot be reached: {@code error}, the default, answers 503; {@code newSession}
     * lets it go on as if it had none.
     */
    public void setWhenUnavailable(String what) {
        set("whenUnavailable", what);
    }

    /**
     * What stands before the plain session id in a key, a list of {@code static:<text>}, {@code host},
     * {@code host.hash}, {@code context}, {@code context.hash} and {@code webappVersion}; by default
     * {@code host,context,webappVersion}.
     */
    public void setStorageKeyPrefix(String tokens) {
        set("storageKeyPrefix", tokens);
    }

    /** The protocol that is spoken with the nodes: {@code binary}, the default, or {@code text}. */
    public void setMemcachedProtocol(String protocol) {
        set("memcachedProtocol", protocol);
    }

    /**
     * How exact the stored last access is, in milliseconds; 0 writes every access. By default the smaller of a minute
     * and a tenth of the session's timeout.
     */
    public void setAccessPrecision(String milliseconds) {
        set("accessPrecision", milliseconds);
    }

    /** The largest record that is kept, in bytes; 1,000,000 by default. Must fit the nodes' item limit. */
    public void setMaxRecordSize(String bytes) {
        set("maxRecordSize", bytes);
    }

    /**
     * The keys that sessions are encrypted with in the nodes: {@code k1:<base64>}, several after each other, or
     * {@code file:<path>}. The first encrypts, all decrypt. By default sessions are not encrypted.
     */
    public void setEncryptionKeys(String keys) {
        set("encryptionKeys", keys);
    }

    /** Whether sessions from before keys were set are still found; {@code false} by default. */
    public void setEncryptionReadsPlain(String readsPlain) {
        set("encryptionReadsPlain", readsPlain);
    }

    /**
     * Which classes sessions may hold, in the syntax of {@code jdk.serialFilter}:
     * {@code com.acme.**;!com.acme.admin.*}. Without keys only known classes and those of {@code WEB-INF/classes} are
     * allowed beside these.
     */
    public void setClassFilter(String patterns) {
        set("classFilter", patterns);
    }

    /**
     * How long a new session may go without an access, in seconds; 0 or less means for ever. By default what the
     * context says.
     */
    public void setMaxInactiveInterval(String seconds) {
        set("maxInactiveInterval", seconds);
    }

    /**
     * Who locks, non-sticky: {@code none}, the default, {@code all}, {@code auto} or {@code uriPattern:<expression>}.
     */
    public void setLockingMode(String mode) {
        set("lockingMode", mode);
    }

    /** How long a lease lasts that nobody renews, in seconds; 5 by default. */
    public void setLockExpiration(String seconds) {
        set("lockExpiration", seconds);
    }

    /** How long a request waits for a session that another one has to itself, in milliseconds; 10,000 by default. */
    public void setLockTimeout(String milliseconds) {
        set("lockTimeout", milliseconds);
    }

    /** What a request is answered that waited in vain: 503, the default, or 409. */
    public void setLockUnavailableStatus(String status) {
        set("lockUnavailableStatus", status);
    }

    /** Which requests have nothing to do with sessions, over {@code METHOD URI[?query]} or the URI alone. */
    public void setRequestUriIgnorePattern(String expression) {
        set("requestUriIgnorePattern", expression);
    }

    /** Which attributes are kept, by name; all by default. */
    public void setSessionAttributeFilter(String expression) {
        set("sessionAttributeFilter", expression);
    }

    /** Which attributes are kept, as it was written. */
    public String getSessionAttributeFilter() {
        return get("sessionAttributeFilter", "");
    }

    /** What is written as one graph: each {@code attribute}, the default, or the {@code session}. */
    public void setGranularity(String granularity) {
        set("granularity", granularity);
    }

    /** Attributes longer than that are compressed, in bytes. By default none is. */
    public void setCompressionThreshold(String bytes) {
        set("compressionThreshold", bytes);
    }

    /** The name of the application's class that adds serializers of its own, a {@code KryoConfigurer}. */
    public void setKryoConfigurer(String className) {
        set("kryoConfigurer", className);
    }

    /** Whether operations are counted and timed; {@code true} by default. */
    public void setEnableStatistics(String enabled) {
        set("enableStatistics", enabled);
    }

    /** Of memcached-session-manager; not used. */
    public void setSessionBackupTimeout(String milliseconds) {
        set("sessionBackupTimeout", milliseconds);
    }

    /** Of memcached-session-manager; not used. */
    public void setTranscoderFactoryClass(String name) {
        set("transcoderFactoryClass", name);
    }

    /** Of memcached-session-manager; not used. */
    public void setCopyCollectionsForSerialization(String copies) {
        set("copyCollectionsForSerialization", copies);
    }

    /** Of memcached-session-manager; not used. */
    public void setCustomConverter(String names) {
        set("customConverter", names);
    }

    /** Who asks, for nodes that want to know: by SASL, or with the text protocol by its own login. */
    public void setUsername(String name) {
        set("username", name);
    }

    /** The password that goes with {@code username}. */
    public void setPassword(String password) {
        set("password", password);
    }

    /** Whether TLS is spoken to the nodes; {@code false} by default. */
    public void setSslEnabled(String enabled) {
        set("sslEnabled", enabled);
    }

    /** The file with the certificates that are trusted, in PEM or a key store; by default those that the JVM trusts. */
    public void setTruststoreFile(String file) {
        set("truststoreFile", file);
    }

    /** The password of that file, if it is a key store that has one. */
    public void setTruststorePassword(String password) {
        set("truststorePassword", password);
    }
}
