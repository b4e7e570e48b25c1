package io.memsession.tomcat;

/** The session ended, or another server renamed it, just when a request was to give it another id. Ask again. */
final class SessionOverException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SessionOverException() {
        super("the session is over, or has another id already");
    }

    /** None: nothing went wrong in the code that it would show. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
