package io.memsession.store;

/** What is done for a request whose session cannot be reached, as no node that could know answers. */
public enum WhenUnavailable {
    /** The request is refused, with a {@link StoreUnavailableException}: nobody is logged out by an outage. */
    ERROR,
    /**
     * The request goes on as if it had no session; what it begins instead need not be kept. Who comes with a session
     * loses it if the host gives a new one out meanwhile.
     */
    NEW_SESSION
}
