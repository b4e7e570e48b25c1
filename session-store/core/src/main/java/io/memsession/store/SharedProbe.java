package io.memsession.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A look, on a thread of its own, whether a node answers: one at a time, and who asks meanwhile gets the same answer.
 *
 * @param <T> what a probe finds
 */
public final class SharedProbe<T> {
    private final NodeAddress address;
    private final Attempt<T> attempt;
    private @Nullable CompletableFuture<T> probing; // guarded by this

    /**
     * One look, which may block.
     *
     * @param <T> what it finds
     */
    @FunctionalInterface
    public interface Attempt<T> {

        /**
         * Looks.
         *
         * @throws NodeFailure if the node does not answer
         */
        T run() throws NodeFailure;
    }

    /** Looks at that node by that attempt. */
    public SharedProbe(NodeAddress address, Attempt<T> attempt) {
        this.address = address;
        this.attempt = attempt;
    }

    /** What is found; fails as a {@link NodeFailure} if the node does not answer. */
    public CompletableFuture<T> ask() {
        CompletableFuture<T> probe;
        synchronized (this) {
            if (probing != null) {
                return probing;
            }
            probe = new CompletableFuture<>();
            probing = probe;
        }
        try {
            Prober.start("memsession-probe-" + address.id(), () -> answer(probe));
        } catch (Throwable e) { // no more threads: the next probe may find one
            done();
            probe.completeExceptionally(notAsked(e));
        }
        return probe;
    }

    private void answer(CompletableFuture<T> probe) {
        T found;
        try {
            found = attempt.run();
        } catch (Throwable e) { // even an Error must not leave a future open
            done();
            probe.completeExceptionally(e instanceof NodeFailure ? e : notAsked(e));
            return;
        }
        done();
        probe.complete(found);
    }

    private NodeFailure notAsked(Throwable why) {
        return address.failure(NodeFailure.Kind.UNREACHABLE, "was not asked", why);
    }

    private synchronized void done() {
        probing = null;
    }
}
