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
        return failure(NodeFailure.Kind.UNREACHABLE, what, cause);
    }

    NodeFailure timedOut(Duration timeout) {
        return failure(NodeFailure.Kind.TIMED_OUT, "did not answer within " + timeout.toMillis() + " ms", null);
    }

    NodeFailure notSentInTime() {
        return failure(NodeFailure.Kind.TIMED_OUT, "did not take the question in time; it was not sent", null);
    }

    NodeFailure denied(LineException why) {
        return failure(NodeFailure.Kind.DENIED, String.valueOf(why.getMessage()), why);
    }

    /** For an answer that who asks is not known. */
    NodeFailure unknownAsker() {
        return failure(
                NodeFailure.Kind.DENIED, "wants to know who asks, and is not told; set username and password", null);
    }

    NodeFailure rejected(String what) {
        return failure(NodeFailure.Kind.REJECTED, what, null);
    }

    private NodeFailure failure(NodeFailure.Kind kind, String what, @Nullable Throwable cause) {
        return new NodeFailure(kind, "node " + address.id() + " (" + address.hostAndPort() + ") " + what, cause);
    }
}
