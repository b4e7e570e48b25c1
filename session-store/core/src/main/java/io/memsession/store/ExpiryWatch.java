package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Tells of sessions that expired, each once among all app servers. After the end of each period every app server looks
 * into the expiry index; one claims what is due, reads each session, which ends it if it is over, and tells of it. Only
 * then it is done: if the app server dies before, another one begins again.
 */
final class ExpiryWatch {
    private static final int AT_ONCE = 16;
    private static final long LOOK_AGAIN = 1_500;
    private static final int JITTER = 200;

    private final Pair pair;
    private final IndexPages pages;
    private final ExpiryIndex index;
    private final DueSessions due;
    private final PeriodClaims claims;
    private final ExpiryTeller teller;
    private final RandomGenerator random;

    /** The periods that were found unfinished, and when to look again, in milliseconds since 1970. */
    private final Map<Long, Long> unfinished = new ConcurrentHashMap<>();

    private final BackgroundWrites underway = new BackgroundWrites();
    private long next;
    private volatile boolean closed;

    ExpiryWatch(
            Pair pair,
            IndexPages pages,
            ExpiryIndex index,
            DueSessions due,
            PeriodClaims claims,
            ExpiryTeller teller,
            RandomGenerator random) {
        this.pair = pair;
        this.pages = pages;
        this.index = index;
        this.due = due;
        this.claims = claims;
        this.teller = teller;
        this.random = random;
        this.next = due.lastDue(pair.now() - Legacies.KEPT.toMillis());
    }

    /** Looks now, and after each period until it is closed. */
    void start() {
        look();
    }

    private void look() {
        if (closed) {
            return;
        }
        long now = pair.now();
        for (long last = due.lastDue(now); next <= last; next++) {
            unfinished.put(next, now);
        }
        unfinished.forEach((period, at) -> {
            if (at <= now && unfinished.remove(period, at)) {
                handle(period);
            }
        });
        Duration rest = due.untilNext(pair.now()).plusMillis(random.nextInt(JITTER));
        pair.scheduler().after(rest, this::look);
    }

    private void handle(long period) {
        CompletableFuture<Void> handled = pages.read(ExpiryIndex.topic(period))
                .thenCompose(ids ->
                        ids.isEmpty() ? CompletableFuture.<Void>completedFuture(null) : claimAndHandle(period, ids))
                .exceptionally(error -> {
                    unfinished.put(period, pair.now() + LOOK_AGAIN);
                    return null;
                });
        underway.add(handled);
    }

    private CompletableFuture<Void> claimAndHandle(long period, Set<SessionId> ids) {
        return claims.take(period).thenCompose(attempt -> {
            PeriodClaims.Claim claim = attempt.claim();
            if (claim != null) {
                return handle(claim, ids);
            }
            if (!attempt.done()) {
                unfinished.put(period, pair.now() + PeriodClaims.LEASE.toMillis() / 2);
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<Void> handle(PeriodClaims.Claim claim, Set<SessionId> ids) {
        Iterator<SessionId> rest = oneForEach(ids).iterator();
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE && i < ids.size(); i++) {
            lanes.add(lane(rest));
        }
        CompletableFuture<Void> all = WriteRound.allOrFirstFailure(lanes);
        extend(claim, all);
        return all.thenCompose(done -> claim.done())
                .exceptionallyCompose(
                        error -> claim.release().thenCompose(released -> CompletableFuture.failedFuture(error)));
    }

    /** A session may be entered with its node and without: what is handled twice at the same time is told twice. */
    private static Collection<SessionId> oneForEach(Set<SessionId> ids) {
        Map<String, SessionId> byName = new LinkedHashMap<>();
        ids.forEach(id -> byName.merge(id.plain(), id, (one, other) -> one.node() == null ? other : one));
        return byName.values();
    }

    /** Holds the claim for as long as the work takes. */
    private void extend(PeriodClaims.Claim claim, CompletableFuture<Void> work) {
        pair.scheduler().after(PeriodClaims.LEASE.dividedBy(3), () -> {
            if (!work.isDone()) {
                var unused = claim.extend();
                extend(claim, work);
            }
        });
    }

    private CompletableFuture<Void> lane(Iterator<SessionId> rest) {
        SessionId id;
        while ((id = next(rest)) != null) {
            CompletableFuture<Void> handled = handle(id);
            if (!handled.isDone() || handled.isCompletedExceptionally()) {
                return handled.thenCompose(done -> lane(rest));
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    private @Nullable SessionId next(Iterator<SessionId> rest) {
        synchronized (rest) {
            if (closed && rest.hasNext()) {
                throw new StoreUnavailableException("the store is closed");
            }
            return rest.hasNext() ? rest.next() : null;
        }
    }

    private CompletableFuture<Void> handle(SessionId id) {
        Homes homes = pair.homes(id);
        return pair.read(homes)
                .thenCompose(loaded -> {
                    SessionRecord live = loaded.live();
                    return live != null ? index.look(id, live) : teller.tell(homes);
                })
                .exceptionallyCompose(error -> CorruptRecordException.isCauseOf(error)
                        ? CompletableFuture.<Void>completedFuture(null) // nobody can read it, so nobody misses it
                        : CompletableFuture.failedFuture(error));
    }

    /** Looks no more, and lets what is under way finish, for that time at most. */
    void close(Duration limit) {
        closed = true;
        underway.await(limit);
    }
}
