package io.memsession.tomcat;

/** The session stayed with another request for longer than this one waits, or was lost to another. Ask again. */
final class LockUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status what the request is answered */
    LockUnavailableException(int status) {
        super("another request has the session to itself");
        this.status = status;
    }

    int status() {
        return status;
    }

    /** None: nothing went wrong in the code that it would show. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
