package io.memsession.store.spy;

import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.line.LineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whom a question goes to.
 *
 * @param address the node
 * @param connection the number of the connection that carries it
 */
record Peer(NodeAddress address, long connection) {

    NodeFailure unreachable(String what, @Nullable Throwable cause) {
        return address.failure(NodeFailure.Kind.UNREACHABLE, what, cause);
    }

    NodeFailure timedOut(Duration timeout) {
        return address.failure(NodeFailure.Kind.TIMED_OUT, "did not answer within " + timeout.toMillis() + " ms", null);
    }

    NodeFailure notSentInTime() {
        return address.failure(NodeFailure.Kind.TIMED_OUT, "did not take the question in time; it was not sent", null);
    }

    NodeFailure denied(LineException why) {
        return address.failure(NodeFailure.Kind.DENIED, String.valueOf(why.getMessage()), why);
    }

    /** For an answer that who asks is not known. */
    NodeFailure unknownAsker() {
        return address.failure(
                NodeFailure.Kind.DENIED, "wants to know who asks, and is not told; set username and password", null);
    }

    NodeFailure rejected(String what) {
        return address.failure(NodeFailure.Kind.REJECTED, what, null);
    }
}
