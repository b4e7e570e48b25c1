package io.memsession.store;

/** Who wants to know of sessions that ended because nobody asked for them any more. */
@FunctionalInterface
public interface ExpiryListener {

    /**
     * A session expired. Called on a thread of the store's own, which may be kept waiting; what it throws is reported
     * and changes nothing.
     *
     * @param session as it was when it ended: its attributes can be read; saving it changes nothing
     */
    void expired(LiveSession session);
}
