package io.memsession.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Leases on sessions: who has one has it on every home that is up, under a number of its own, and renews it until it is
 * given back; it ends by itself when nobody renews it. Homes are asked one after the other, always in the same order,
 * so that two who want the same lease cannot each get half of it. One home is enough while the other is down, and the
 * other still knows when one restarts empty (the leases of Gray and Cheriton, SOSP 1989, on two homes).
 */
final class Leases {
    private final Nodes nodes;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final Bookkeeping keys;

    Leases(Nodes nodes, Scheduler scheduler, RandomGenerator random, Bookkeeping keys) {
        this.nodes = nodes;
        this.scheduler = scheduler;
        this.random = random;
        this.keys = keys;
    }

    /** The lease; empty if somebody else has it. */
    CompletableFuture<Optional<SessionLease>> take(SessionId id, Duration duration) {
        Homes homes = nodes.homes(id);
        byte[] owner = Bookkeeping.nonce(random.nextLong());
        Attempt attempt = new Attempt(keys.leaseKey(id), owner, duration, scheduler.nanoTime());
        return attempt.on(homes.nodes(), 0)
                .thenCompose(free -> free
                        ? attempt.taken(homes)
                        : new SessionLease(this, attempt.key, owner, duration, attempt.held, attempt.began)
                                .giveBack()
                                .thenApply(done -> Optional.empty()));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** One try to get a lease, home after home. */
    private final class Attempt {
        private final String key;
        private final byte[] owner;
        private final Duration duration;
        private final long began;
        private final Map<WatchedNode, @Nullable CasToken> held = new LinkedHashMap<>();

        Attempt(String key, byte[] owner, Duration duration, long began) {
            this.key = key;
            this.owner = owner;
            this.duration = duration;
            this.began = began;
        }

        /** Whether nobody else has it, on that home and those behind it. */
        CompletableFuture<Boolean> on(List<WatchedNode> homes, int next) {
            if (next == homes.size()) {
                return CompletableFuture.completedFuture(true);
            }
            WatchedNode home = homes.get(next);
            return home.add(key, owner, kept(duration))
                    .thenApply(answer -> {
                        if (answer.stored()) {
                            held.put(home, answer.token());
                        }
                        return answer.stored();
                    })
                    .exceptionally(failed -> true)
                    .thenCompose(free -> free ? on(homes, next + 1) : CompletableFuture.completedFuture(false));
        }

        CompletableFuture<Optional<SessionLease>> taken(Homes homes) {
            if (held.isEmpty()) {
                return CompletableFuture.failedFuture(
                        new StoreUnavailableException("no home of session " + homes.id() + " gives a lease"));
            }
            SessionLease lease = new SessionLease(Leases.this, key, owner, duration, held, began);
            lease.renewLater();
            return CompletableFuture.completedFuture(Optional.of(lease));
        }
    }

    /** How long a node keeps it: a second more than its holder relies on it, as a node's clock goes by seconds. */
    static Duration kept(Duration duration) {
        return duration.plusSeconds(1);
    }

    /** The token of our own lease on that home; empty if it is not there any more. */
    static CompletableFuture<Optional<CasToken>> token(
            WatchedNode home, String key, byte[] owner, @Nullable CasToken known) {
        return known != null
                ? CompletableFuture.completedFuture(Optional.of(known))
                : home.get(key)
                        .thenApply(copy -> copy.filter(each -> Arrays.equals(each.value(), owner))
                                .map(Copy::token));
    }
}
