package io.memsession.sample;

/** Why a request is not answered as it wished: the client's doing, never the server's. Carries no stack trace. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    /** A refusal with its HTTP status, 400 to 499, and what to tell the client. */
    Refusal(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** What was sent makes no sense. */
    static Refusal badInput(String message) {
        return new Refusal(400, message);
    }

    int status() {
        return status;
    }
}
