package io.memsession.store;

/** What became of a change. */
public enum SaveOutcome {
    /** Every home that is up keeps it. */
    SAVED,
    /** There was nothing to keep. */
    UNCHANGED,
    /** The session is over; nothing was written, nothing revived. */
    OVER,
    /** The record would be too large; what was kept before is kept on. */
    TOO_LARGE,
    /** A new session that no home took; it goes on unkept, with {@link WhenUnavailable#NEW_SESSION} only. */
    NOT_KEPT
}
