package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Which app server tells of the sessions that expired in one period of time: the one that could {@code add} its claim
 * on every node that answers. Nodes are asked one after the other in the same order by all, so that the first decides.
 * A claim lapses by itself when its holder dies.
 */
final class PeriodClaims {
    static final Duration LEASE = Duration.ofSeconds(10);

    private static final Duration RELEASED = Duration.ofSeconds(1);
    private static final byte[] DONE = "done".getBytes(US_ASCII);

    private final Nodes nodes;
    private final Bookkeeping keys;
    private final RandomGenerator random;

    /** What came of an attempt: a claim, or whether there is nothing left to do. */
    record Attempt(@Nullable Claim claim, boolean done) {}

    PeriodClaims(Nodes nodes, Bookkeeping keys, RandomGenerator random) {
        this.nodes = nodes;
        this.keys = keys;
        this.random = random;
    }

    /** Claims the period, unless somebody else has. Fails as unavailable if no node answers. */
    CompletableFuture<Attempt> take(long period) {
        Claim claim = new Claim(keys.claimKey(period), Bookkeeping.nonce(random.nextLong()), new ArrayList<>());
        return take(
                claim, nodes.homes(new SessionId("due" + period, null, null)).nodes());
    }

    private static CompletableFuture<Attempt> take(Claim claim, List<WatchedNode> rest) {
        if (rest.isEmpty()) {
            return claim.on.isEmpty()
                    ? CompletableFuture.failedFuture(new StoreUnavailableException("no node took a claim"))
                    : CompletableFuture.completedFuture(new Attempt(claim, false));
        }
        WatchedNode node = rest.get(0);
        List<WatchedNode> others = rest.subList(1, rest.size());
        return node.add(claim.key, claim.holder, LEASE)
                .thenCompose(written -> {
                    if (!written.stored()) {
                        return node.get(claim.key).thenApply(PeriodClaims::takenBefore);
                    }
                    claim.on.add(node);
                    return take(claim, others);
                })
                .exceptionallyCompose(error -> take(claim, others)); // the other nodes decide
    }

    private static Attempt takenBefore(Optional<Copy> claim) {
        return new Attempt(
                null, claim.filter(copy -> Bookkeeping.says(DONE, copy)).isPresent());
    }

    /** A period that is this app server's to handle. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Claim(String key, byte[] holder, List<WatchedNode> on) {

        /** Holds it for another lease from now on. Completes normally. */
        CompletableFuture<Void> extend() {
            return set(holder, LEASE);
        }

        /** Lets somebody else try, soon. Completes normally. */
        CompletableFuture<Void> release() {
            return set(holder, RELEASED);
        }

        /** Nobody needs to handle it any more. Completes normally. */
        CompletableFuture<Void> done() {
            return set(DONE, Legacies.KEPT.multipliedBy(2));
        }

        private CompletableFuture<Void> set(byte[] value, Duration ttl) {
            return WriteRound.settled(
                    on.stream().map(node -> node.set(key, value, ttl)).toList());
        }
    }
}
