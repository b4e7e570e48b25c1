package io.memsession.store.spy;

import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.StatusCode;
import net.spy.memcached.protocol.BaseOperationImpl;
import org.jspecify.annotations.Nullable;

/**
 * One question to a server, and the reading of its answer.
 *
 * <p>spymemcached's own operations check that an answer belongs to the question, and how long it may be, only where
 * assertions are on. Here an answer that is not exactly what the protocol allows ends the connection: one session's
 * bytes must never be taken for another's.
 */
abstract class Exchange<T> extends BaseOperationImpl {
    /** No answer is longer, in bytes; memcached itself ends at 1 GiB, sessions long before. */
    static final int MAX_ANSWER = 128 << 20;

    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final Peer peer;
    private volatile @Nullable Set<Exchange<?>> open;
    private volatile @Nullable Object owner;

    Exchange(Peer peer) {
        this.peer = peer;
        setCallback(new GivenUp());
    }

    /** What the server said. */
    final CompletableFuture<T> answer() {
        return answer;
    }

    final Peer peer() {
        return peer;
    }

    /** Takes a place among the open exchanges, and gives it back when it is settled. */
    final void openIn(Set<Exchange<?>> exchanges, Object asker) {
        owner = asker;
        open = exchanges;
        exchanges.add(this);
    }

    final boolean isOwnedBy(Object asker) {
        return owner == asker;
    }

    /** Gives up: there will be no answer, or nobody waits for it. */
    final void fail(NodeFailure failure) {
        leave();
        answer.completeExceptionally(failure);
    }

    final void answered(T value) {
        transitionState(OperationState.COMPLETE);
        leave();
        answer.complete(value);
    }

    /** The server's answer is that it will not. */
    final void refused(NodeFailure failure) {
        transitionState(OperationState.COMPLETE);
        fail(failure);
    }

    /** For an answer that no memcached gives: whatever comes after it on this connection cannot be trusted. */
    final IOException garbled(String what) {
        ProtocolException cause = new ProtocolException(what);
        fail(peer.unreachable("does not answer as memcached does (" + what + ")", cause));
        return cause;
    }

    final boolean isSettled() {
        return getState() == OperationState.COMPLETE;
    }

    /** Moves as many bytes as there are on one side and fit on the other. */
    static void move(ByteBuffer from, ByteBuffer to) {
        int end = from.limit();
        from.limit(from.position() + Math.min(from.remaining(), to.remaining()));
        to.put(from);
        from.limit(end);
    }

    @Override
    public byte @Nullable [] getErrorMsg() {
        return null;
    }

    /** Names no key: session ids are not for logs. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + " with " + peer.address();
    }

    private void leave() {
        Set<Exchange<?>> place = open;
        if (place != null) {
            place.remove(this);
        }
    }

    /**
     * Told by spymemcached that it has dropped the question: too long in the queue to be worth sending, or cancelled.
     */
    private final class GivenUp implements OperationCallback {
        @Override
        public void receivedStatus(OperationStatus status) {
            fail(
                    status.getStatusCode() == StatusCode.TIMEDOUT
                            ? peer.notSentInTime()
                            : peer.unreachable("was not asked: " + status.getMessage(), null));
        }

        @Override
        public void complete() {
            // what there is to say was said with the status
        }
    }
}
