package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the app servers leave on the nodes to tell each other which node is complete.
 *
 * <p>A node's <b>stamp</b> lies on the node itself: it vanishes when the node restarts empty. It names how many live
 * items the node had evicted when its records were compared: once it evicts another, the stamp no longer fits. A node's
 * <b>mark</b> lies on every other node: whoever goes around a node sets it to a new number before answering. Complete
 * is a node whose stamp says so and fits, and whose marks are clear.
 *
 * <p>A server that restarts with old data brings back old stamps and marks too. So where a server tells which of its
 * lives this is, stamps and clear marks on it name that life, and say nothing in the next one.
 *
 * @param keyPrefix the application's, so that applications with other nodes do not meet
 */
record Bookkeeping(String keyPrefix) {
    private static final String CLEAR_WORD = "clear";
    private static final String COMPLETE = "complete:";
    private static final String OWN = StoreConfig.RESERVED_PREFIX + StoreConfig.SEPARATOR;
    private static final String STAMP = ":stamp";

    /** The key of a node's stamp, where the nodes are configured. */
    String stampKey() {
        return OWN + keyPrefix + STAMP;
    }

    /** The key prefix of the application whose stamp has that key; empty if it is another key. */
    static Optional<String> prefixOfStamp(String key) {
        return key.startsWith(OWN) && key.endsWith(STAMP) && key.length() >= OWN.length() + STAMP.length()
                ? Optional.of(key.substring(OWN.length(), key.length() - STAMP.length()))
                : Optional.empty();
    }

    /** The key of a node's stamp as one of these members. */
    String stampKey(Members members) {
        return members.list() == null ? stampKey() : stampKey() + '@' + members.name();
    }

    /** The key of the list of those members that are in force. */
    String membersKey() {
        return OWN + keyPrefix + ":members";
    }

    String markKey(String node) {
        return OWN + keyPrefix + ":mark:" + node;
    }

    String clockKey() {
        return OWN + keyPrefix + ":clock";
    }

    String lockKey() {
        return OWN + keyPrefix + ":repair";
    }

    /** The key of a page of an index. */
    String indexKey(String page) {
        return OWN + keyPrefix + ":index:" + page;
    }

    /** The key of what a session leaves that expired, hashed, as an id may be as long as a key. */
    String legacyKey(SessionId id) {
        return OWN + keyPrefix + ":legacy:" + Digest.of(id.plain());
    }

    /**
     * The key of the lease on a session, hashed as in a sealed store's keys of records: it must not tell what those
     * hide.
     */
    String leaseKey(SessionId id) {
        return OWN + keyPrefix + ":lease:" + Seal.hash(id.plain());
    }

    /** The key of the claim to handle the sessions that are due in one period of time. */
    String claimKey(long period) {
        return OWN + keyPrefix + ":due:" + period;
    }

    /** Whether what is kept under the key tells of nodes, not of a session. */
    boolean isOfNode(String key) {
        return key.equals(lockKey())
                || key.equals(clockKey())
                || key.equals(membersKey())
                || key.equals(NodeListQuestion.KEY)
                || key.equals(stampKey())
                || key.startsWith(stampKey() + '@')
                || key.startsWith(markKey(""));
    }

    /** What the keys of the application's records begin with. */
    String recordPrefix() {
        return keyPrefix.isEmpty() ? "" : keyPrefix + StoreConfig.SEPARATOR;
    }

    /** Whether the key is that of a record of this application. */
    boolean isRecord(String key) {
        String prefix = recordPrefix();
        return key.startsWith(prefix) && key.indexOf(StoreConfig.SEPARATOR, prefix.length()) < 0;
    }

    /** The stamp of a node that keeps every record that it should, as long as it evicts nothing. */
    static byte[] complete(NodeStatistics statistics) {
        return (COMPLETE + statistics.evictions() + ofLife(statistics)).getBytes(US_ASCII);
    }

    /** Whether this stamp says that its node is complete, or was before it evicted something. */
    static boolean saysComplete(Copy stamp) {
        return text(stamp).startsWith(COMPLETE);
    }

    /** Whether this stamp says that its node is complete, and has evicted nothing since, as far as it tells. */
    static boolean saysComplete(Copy stamp, NodeStatistics statistics) {
        return statistics.evictions().isEmpty()
                ? saysComplete(stamp) && text(stamp).endsWith(ofLife(statistics))
                : says(complete(statistics), stamp);
    }

    /** Whether this stamp says that its node was complete in this life, before it evicted something. */
    static boolean saysCompleteBeforeEvictions(Copy stamp, NodeStatistics statistics) {
        return saysComplete(stamp) && text(stamp).endsWith(ofLife(statistics)) && !saysComplete(stamp, statistics);
    }

    /** A mark of a node that nobody has gone around, on a node that counts this. */
    static byte[] clear(NodeStatistics on) {
        return (CLEAR_WORD + ofLife(on)).getBytes(US_ASCII);
    }

    private static String ofLife(NodeStatistics statistics) {
        return statistics.life().isEmpty() ? "" : "@" + statistics.life();
    }

    private static String text(Copy copy) {
        return new String(copy.value(), US_ASCII);
    }

    static byte[] nonce(long number) {
        return Long.toHexString(number).getBytes(US_ASCII);
    }

    static byte[] repairing(long number) {
        return ("repairing:" + Long.toHexString(number)).getBytes(US_ASCII);
    }

    static boolean says(byte[] expected, Copy copy) {
        return Arrays.equals(expected, copy.value());
    }
}
