package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to have a session to oneself for a while. It is renewed until it is given back, and lost if that cannot be
 * done for as long as it lasts: what was done under it must not be kept then. Thread-safe.
 */
public final class SessionLease {
    /** Stands for a token that the protocol did not tell; a map takes no null. */
    private static final CasToken UNTOLD = new CasToken(0, -2);

    private final Leases leases;
    private final String key;
    private final byte[] owner;
    private final Duration duration;
    private final Map<WatchedNode, CasToken> held = new ConcurrentHashMap<>();
    private volatile long lastsUntil;
    private volatile boolean givenBack;

    SessionLease(
            Leases leases,
            String key,
            byte[] owner,
            Duration duration,
            Map<WatchedNode, @Nullable CasToken> held,
            long began) {
        this.leases = leases;
        this.key = key;
        this.owner = owner;
        this.duration = duration;
        held.forEach((home, token) -> this.held.put(home, token == null ? UNTOLD : token));
        this.lastsUntil = began + duration.toNanos();
    }

    /** Whether somebody else may have it by now. */
    public boolean lost() {
        return held.isEmpty() || leases.scheduler().nanoTime() - lastsUntil >= 0;
    }

    void renewLater() {
        leases.scheduler().after(duration.dividedBy(3), this::renew);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is tried again while it lasts
    private void renew() {
        if (givenBack || lost()) {
            return;
        }
        long began = leases.scheduler().nanoTime();
        List.copyOf(held.keySet()).forEach(home -> renew(home, began));
        renewLater();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what fails is tried again while it lasts
    private void renew(WatchedNode home, long began) {
        token(home).thenAccept(token -> {
            if (token == null) {
                held.remove(home);
                return;
            }
            home.put(key, new Held(home, token), owner, Leases.kept(duration)).thenAccept(answer -> {
                if (!answer.stored()) {
                    held.remove(home); // restarted, or it came too late
                } else if (!givenBack) {
                    held.replace(home, answer.token() == null ? UNTOLD : answer.token());
                    lastsUntil = Math.max(lastsUntil, began + duration.toNanos());
                }
            });
        });
    }

    private CompletableFuture<@Nullable CasToken> token(WatchedNode home) {
        CasToken known = held.get(home);
        return Leases.token(home, key, owner, UNTOLD.equals(known) ? null : known)
                .thenApply(found -> found.orElse(null));
    }

    /** Gives it back; returns at once. If the nodes cannot be told it ends by itself. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void release() {
        giveBack();
    }

    /** Completes, always normally, when the homes have been told. */
    CompletableFuture<Void> giveBack() {
        givenBack = true;
        List<CompletableFuture<Void>> told = held.keySet().stream()
                .map(home -> token(home)
                        .thenCompose(token -> token == null
                                ? CompletableFuture.<Void>completedFuture(null)
                                : home.drop(key, token).<Void>thenApply(done -> null)))
                .toList();
        return WriteRound.settled(told);
    }
}
