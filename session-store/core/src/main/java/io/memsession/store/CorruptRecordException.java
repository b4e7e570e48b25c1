package io.memsession.store;

/** Bytes that are no record: an unknown format, cut short, or failing their checksum. Never half a session. */
public final class CorruptRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong with the bytes, without showing them. */
    public CorruptRecordException(String message) {
        super(message);
    }

    /** Whether it is why something failed. */
    static boolean isCauseOf(Throwable error) {
        return error instanceof CorruptRecordException || error.getCause() instanceof CorruptRecordException;
    }
}
