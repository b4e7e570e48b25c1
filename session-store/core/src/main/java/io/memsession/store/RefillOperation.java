package io.memsession.store;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One record that an app server still holds, on its way back into homes that may have lost it. It is merged with what
 * is there, as a repair does: so nothing newer is undone, and what is over stays over.
 */
final class RefillOperation {
    private final Pair pair;
    private final Homes homes;
    private final SessionRecord held;
    private final Retry retry;

    RefillOperation(Pair pair, Homes homes, SessionRecord held) {
        this.pair = pair;
        this.homes = homes;
        this.held = held;
        this.retry = pair.retry();
    }

    /** What is kept then; nothing if the session is over, or goes on under another id. */
    CompletableFuture<Loaded> run() {
        return pair.read(homes).thenCompose(this::refill);
    }

    private CompletableFuture<Loaded> refill(Loaded there) {
        @Nullable SessionRecord known = there.record();
        if (known != null && !known.live()) {
            Loaded over = new Loaded(null, there.held());
            return known.ended()
                    ? pair.endSuccessors(known).thenApply(done -> over)
                    : CompletableFuture.completedFuture(over);
        }
        SessionRecord next = known == null ? held : SessionRecord.merge(known, held);
        if (next.equals(known)) {
            return CompletableFuture.completedFuture(there);
        }
        if (pair.now() > Expiry.deadline(next)) {
            return CompletableFuture.completedFuture(new Loaded(null, there.held()));
        }
        SessionRecord written = next.withVersion(next.version() + 1);
        return pair.write(homes, there.held(), written)
                .thenCompose(round -> round.complete()
                        ? CompletableFuture.completedFuture(new Loaded(written, round.taken()))
                        : retry.later(this::run));
    }
}
