package io.memsession.store.redis;

import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Whom a question goes to, and how its failures are told. */
record Peer(NodeAddress address) {
    private static final int LONGEST_MESSAGE = 200;

    NodeFailure unreachable(String what, @Nullable Throwable cause) {
        return address.failure(NodeFailure.Kind.UNREACHABLE, what, cause);
    }

    NodeFailure timedOut(Duration timeout) {
        return address.failure(NodeFailure.Kind.TIMED_OUT, "did not answer within " + timeout.toMillis() + " ms", null);
    }

    NodeFailure rejected(String what) {
        return address.failure(NodeFailure.Kind.REJECTED, what, null);
    }

    /** What a connection was lost by, where it was not the server's end of it. */
    static String loss(@Nullable Throwable error, String otherwise) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "cannot be spoken to over TLS (" + cause.getMessage()
                        + "): see its certificate, and what this JVM trusts";
            }
        }
        return otherwise;
    }

    /** An error that the server answered. */
    NodeFailure answered(Throwable error) {
        String message = String.valueOf(error.getMessage());
        return rejected("answered: " + message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)));
    }
}
