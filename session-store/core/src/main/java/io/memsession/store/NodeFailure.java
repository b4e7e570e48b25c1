package io.memsession.store;

import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why a node gave no answer. Carries no stack trace: it is an answer, and there may be many. */
public final class NodeFailure extends Exception {
    private static final long serialVersionUID = 1;

    /** The kinds of failure that the engine treats differently. */
    public enum Kind {
        /** There is no connection; nothing was sent, or the connection was lost before the answer came. */
        UNREACHABLE,
        /** No answer came in time; what was asked may yet happen. */
        TIMED_OUT,
        /** The node answered that it cannot do it (out of memory, too large, an error of its own). */
        REJECTED,
        /** It and this app server are not set alike, in credentials or in TLS; so it stays until somebody sets them. */
        DENIED
    }

    private final Kind kind;

    /**
     * A failure.
     *
     * @param kind what kind of failure it is
     * @param message names the node and what happened
     * @param cause what brought it about, if anything did
     */
    public NodeFailure(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.kind = kind;
    }

    /** The failure that a node's future completed with, without what futures wrap around it. */
    static NodeFailure of(Throwable error, Supplier<String> node) {
        Throwable bare = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return bare instanceof NodeFailure failure
                ? failure
                : new NodeFailure(Kind.REJECTED, node.get() + " failed: " + bare, bare);
    }

    /** What kind of failure it is. */
    public Kind kind() {
        return kind;
    }
}
