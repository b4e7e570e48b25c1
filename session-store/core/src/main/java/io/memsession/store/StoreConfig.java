package io.memsession.store;

import io.memsession.store.line.Line;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine's settings, checked once: an instance that exists is a usable one.
 *
 * @param membership which nodes there are, or who tells
 * @param keyPrefix what stands before the plain id in a key, so that applications sharing nodes do not meet; may be
 *     empty
 * @param operationTimeout how long one round trip to a node may take before the node counts as not answering
 * @param timeoutsUntilDown after how many timeouts in a row a node is down
 * @param probeInterval how often a node that is down is asked whether it is back
 * @param accessPrecision how exact the stored last access is; null means the smaller of 60 s and a tenth of the timeout
 * @param maxRecordSize the largest record in bytes; memcached's default item limit is 1 MiB, header and key included
 * @param sealing how records are sealed; null if they are not
 * @param whenUnavailable what is done for a request whose session cannot be reached
 * @param line how the nodes are reached
 */
public record StoreConfig(
        Membership membership,
        String keyPrefix,
        Duration operationTimeout,
        int timeoutsUntilDown,
        Duration probeInterval,
        @Nullable Duration accessPrecision,
        int maxRecordSize,
        @Nullable Sealing sealing,
        WhenUnavailable whenUnavailable,
        Line line) {

    /** The separator between prefix and plain id; no plain id has one, so no id reaches into another prefix. */
    static final char SEPARATOR = ':';

    /** The prefix of the engine's own keys; applications may not use it. */
    static final String RESERVED_PREFIX = "memsession";

    /** The length that a prefix may have, in bytes, so that every key fits memcached's 250. */
    static final int MAX_PREFIX_BYTES = 250 - 1 - SessionId.MAX_PLAIN_LENGTH;

    /** Checks every setting. */
    public StoreConfig {
        require(
                operationTimeout.toMillis() >= 1 && operationTimeout.toMinutes() < 10,
                "operationTimeout: " + operationTimeout.toMillis() + " ms is not between 1 ms and 10 minutes");
        require(timeoutsUntilDown >= 1, "timeoutsUntilDown: must be at least 1");
        require(probeInterval.toMillis() >= 1, "probeInterval: must be at least 1 ms");
        require(
                accessPrecision == null || !accessPrecision.isNegative(),
                "accessPrecision: must not be negative; 0 writes every access");
        require(maxRecordSize >= 1024, "maxRecordSize: must be at least 1024 bytes");
        requireUsablePrefix(keyPrefix);
        require(
                (line.credentials() == null && line.tls() == null)
                        || membership.addresses().stream().allMatch(address -> address.redis() == null),
                line.wording().tls() + ", " + line.wording().username()
                        + ": for memcacheds only; a Redis has its own in"
                        + " its address, as in rediss://user:password@host:6379");
    }

    /**
     * Settings for a LAN: 250 ms a round trip, down after 3 timeouts, asked again each 500 ms, records up to 1,000,000
     * bytes.
     */
    public static StoreConfig of(Membership membership, String keyPrefix) {
        return new StoreConfig(
                membership,
                keyPrefix,
                Duration.ofMillis(250),
                3,
                Duration.ofMillis(500),
                null,
                1_000_000,
                null,
                WhenUnavailable.ERROR,
                Line.PLAIN);
    }

    /** The same settings for these nodes, in the order that decides homes. */
    public static StoreConfig of(List<NodeAddress> nodes, String keyPrefix) {
        return of(Membership.named(nodes), keyPrefix);
    }

    /** Whether anything may be behind the address. */
    boolean opaque() {
        return membership.kind() == Membership.Kind.OPAQUE;
    }

    /** The same for these nodes, whoever told the others. */
    public StoreConfig withNodes(List<NodeAddress> nodes) {
        return with(Membership.named(nodes), line);
    }

    /** The same with nodes that are reached in another way. */
    public StoreConfig withLine(Line how) {
        return with(membership, how);
    }

    private StoreConfig with(Membership which, Line how) {
        return new StoreConfig(
                which,
                keyPrefix,
                operationTimeout,
                timeoutsUntilDown,
                probeInterval,
                accessPrecision,
                maxRecordSize,
                sealing,
                whenUnavailable,
                how);
    }

    /** The same with another operation timeout. */
    public StoreConfig withOperationTimeout(Duration timeout) {
        return with(timeout, accessPrecision, maxRecordSize, sealing, whenUnavailable);
    }

    /** The same with another access precision; null means the default. */
    public StoreConfig withAccessPrecision(@Nullable Duration precision) {
        return with(operationTimeout, precision, maxRecordSize, sealing, whenUnavailable);
    }

    /** The same with another largest record size, in bytes. */
    public StoreConfig withMaxRecordSize(int bytes) {
        return with(operationTimeout, accessPrecision, bytes, sealing, whenUnavailable);
    }

    /** The same with records sealed; null for plain ones. */
    public StoreConfig withSealing(@Nullable Sealing how) {
        return with(operationTimeout, accessPrecision, maxRecordSize, how, whenUnavailable);
    }

    /** The same with something else done for requests whose sessions cannot be reached. */
    public StoreConfig withWhenUnavailable(WhenUnavailable what) {
        return with(operationTimeout, accessPrecision, maxRecordSize, sealing, what);
    }

    private StoreConfig with(
            Duration timeout, @Nullable Duration precision, int bytes, @Nullable Sealing how, WhenUnavailable what) {
        return new StoreConfig(
                membership, keyPrefix, timeout, timeoutsUntilDown, probeInterval, precision, bytes, how, what, line);
    }

    /** The nodes, as far as the settings tell them. */
    public List<NodeAddress> nodes() {
        return membership.nodes();
    }

    /** The same with room in each value for what sealing adds, if records are sealed. */
    StoreConfig forSealedRecords() {
        return sealing == null ? this : withMaxRecordSize(Math.max(1024, maxRecordSize - Seal.MOST_OVERHEAD));
    }

    private static void requireUsablePrefix(String prefix) {
        require(
                prefix.getBytes(StandardCharsets.UTF_8).length <= MAX_PREFIX_BYTES,
                "key prefix: longer than " + MAX_PREFIX_BYTES + " bytes; memcached's keys end at 250");
        require(
                prefix.chars().allMatch(c -> c > ' ' && c < 0x7f),
                "key prefix \"" + prefix + "\": only visible ASCII characters without spaces can stand in a key");
        require(
                !prefix.equals(RESERVED_PREFIX) && !prefix.startsWith(RESERVED_PREFIX + SEPARATOR),
                "key prefix \"" + prefix + "\": " + RESERVED_PREFIX + " is reserved; choose another");
    }

    private static void require(boolean met, String message) {
        if (!met) {
            throw new ConfigException(message);
        }
    }
}
