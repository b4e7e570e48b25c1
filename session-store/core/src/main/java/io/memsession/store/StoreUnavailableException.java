package io.memsession.store;

/**
 * No node that could answer did: the session is neither known to be there nor known to be absent. Try again.
 *
 * <p>It has no stack trace: what went wrong is out there, and in an outage hosts log one for each request.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says which nodes did not answer. */
    public StoreUnavailableException(String message) {
        super(message, null, false, false);
    }
}
