package io.memsession.store;

import java.time.Duration;
import java.util.List;

/** What happened, for logs and meters. Called on the engine's own threads too: quick, and never throwing. */
public interface StoreEvents {

    /** Notes nothing. */
    StoreEvents NONE = new StoreEvents() {};

    /** A node no longer answers; nobody asks it until it is back. */
    default void nodeDown(String node, String address, String why) {}

    /** A node answers, for the first time or again. */
    default void nodeUp(String node, String address) {}

    /** A node is now believed complete, or not any more. */
    default void nodeComplete(String node, boolean complete) {}

    /** A node that was complete has thrown out live items to make room. */
    default void nodeEvicts(String node, String address) {}

    /** What a node counts of itself; told every ten seconds at least, while it answers and is one of several. */
    default void nodeCounted(String node, NodeCounters counters) {}

    /**
     * This machine's clock is ahead of that of the other app servers by so much; behind, if negative.
     *
     * @param corrected whether sessions go by the others' time from now on; not, if the difference is beyond belief
     */
    default void clockDiffers(Duration ahead, boolean corrected) {}

    /** These nodes are being repaired by this app server. */
    default void repairBegun(List<String> nodes) {}

    /** So many of so many records were compared so far; told about once a second. */
    default void repairProgress(List<String> nodes, long compared, long all) {}

    /** A node cannot list its keys: its records are repaired only as they are read. */
    default void keysNotListed(String node, String why) {}

    /** These nodes are complete again; so many records were compared. */
    default void repaired(List<String> nodes, long records, Duration took) {}

    /** The repair of these nodes was ended by something that happened; it will be begun anew. */
    default void repairGivenUp(List<String> nodes, String why) {}

    /** A node that is down for another reason turns out to want other credentials, or another line; told once. */
    default void nodeDenied(String node, String address, String why) {}

    /** What is behind an opaque address was examined: what it can do, and what is not promised for it. */
    default void nodeExamined(String node, String address, String abilities) {}

    /** Discovery tells other nodes than before, or the same after it had told nothing. */
    default void nodesDiscovered(String source, long version, List<String> nodes) {}

    /** Discovery tells nothing that can be used; {@code known} if nodes are known from before. */
    default void nodesNotDiscovered(String source, String why, boolean known) {}

    /** The nodes that discovery told keep the sessions from now on: what others kept was handed over to them. */
    default void membersChanged(List<String> nodes) {}

    /** A session was asked for, and found or known to be absent. */
    default void loaded(boolean found, Duration took) {}

    /** A session could not be reached; as it is set, the request goes on without it. */
    default void unreachable(SessionId id, String why) {}

    /** A request was answered that its session cannot be reached, and nothing else; told by the host. */
    default void refused() {}

    /** A change was taken by every home that is up; the record has so many bytes. */
    default void saved(Duration took, int bytes) {}

    /** Another writer was faster; the change is put on top of what is there. */
    default void conflict(SessionId id) {}

    /** Records are not sealed, and others than this machine can reach these nodes. Told once, at the start. */
    default void unprotected(List<String> nodes) {}

    /** A home keeps bytes that are no record. */
    default void corruptRecord(SessionId id, String node, CorruptRecordException why) {}

    /** An attribute could not be written; the others were. */
    default void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {}

    /** An attribute cannot be read here; its bytes are kept. */
    default void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {}

    /** A session was kept for the first time. */
    default void created(SessionId id) {}

    /** A session was ended by this app server, so old. */
    default void ended(SessionId id, Duration age) {}

    /** A session expired, so old; its listeners were told, by this app server. */
    default void expired(SessionId id, Duration age) {}

    /** A listener threw when it was told of a session that expired. */
    default void expiryListenerFailed(SessionId id, Throwable why) {}

    /** A record was too large to be kept; the one kept before stays. */
    default void recordTooLarge(SessionId id, int bytes, int limit) {}

    /** Tells all of them. */
    static StoreEvents all(List<StoreEvents> listeners) {
        return new AllEvents(listeners);
    }
}
