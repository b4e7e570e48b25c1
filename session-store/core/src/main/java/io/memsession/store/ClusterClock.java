package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * The clock that all app servers of a store go by: this machine's, corrected if it differs from what the others agreed
 * on.
 *
 * <p>Each node keeps by how much the agreed time is ahead of its own clock, which every app server can read; so two app
 * servers compare their clocks by the same third one, and it does not matter whether that is right. Whoever comes first
 * decides. A node that restarts forgets it, and is told again.
 *
 * <p>memcached tells its time in whole seconds, so that a difference below {@link #TOLERATED} is left as it is. One
 * above {@link #LARGEST} is believed to be an error and is not followed.
 */
final class ClusterClock implements InstantSource {
    static final Duration TOLERATED = Duration.ofSeconds(2);
    static final Duration LARGEST = Duration.ofHours(24);

    private static final int HALF_A_SECOND = 500;

    private final InstantSource local;
    private final StoreEvents events;
    private volatile long correction;

    /** What a node tells of time: its own, and by how much the agreed time is ahead. */
    private record Told(
            WatchedNode node, CompletableFuture<NodeStatistics> statistics, CompletableFuture<Optional<Copy>> ahead) {

        /** The node's clock in milliseconds, to half a second; empty if it does not tell. */
        OptionalLong own() {
            if (statistics.isCompletedExceptionally() || ahead.isCompletedExceptionally()) {
                return OptionalLong.empty();
            }
            OptionalLong seconds = statistics.join().time();
            return seconds.isPresent()
                    ? OptionalLong.of(Math.multiplyExact(seconds.getAsLong(), 1000L) + HALF_A_SECOND)
                    : seconds;
        }

        /** The agreed time, in milliseconds since 1970; empty if this node does not know it. */
        OptionalLong agreed() {
            OptionalLong own = own();
            String text = own.isEmpty()
                    ? ""
                    : ahead.join()
                            .map(copy -> new String(copy.value(), US_ASCII))
                            .orElse("");
            return text.matches("-?\\d{1,15}")
                    ? OptionalLong.of(own.getAsLong() + Long.parseLong(text))
                    : OptionalLong.empty();
        }
    }

    ClusterClock(InstantSource local, StoreEvents events) {
        this.local = local;
        this.events = events;
    }

    @Override
    public Instant instant() {
        return local.instant().plusMillis(correction);
    }

    @Override
    public long millis() {
        return local.millis() + correction;
    }

    /** Compares with what the nodes tell, follows it, and tells those that do not know. Completes normally. */
    CompletableFuture<Void> agree(List<WatchedNode> nodes, Bookkeeping keys) {
        List<Told> told = new ArrayList<>();
        List<CompletableFuture<?>> answers = new ArrayList<>();
        for (WatchedNode node : nodes) {
            Told each = new Told(node, node.statistics(), node.get(keys.clockKey()));
            told.add(each);
            answers.add(each.statistics);
            answers.add(each.ahead);
        }
        return WriteRound.settled(answers)
                .thenCompose(all -> {
                    told.stream()
                            .map(Told::agreed)
                            .flatMapToLong(OptionalLong::stream)
                            .findFirst()
                            .ifPresent(this::follow);
                    return tell(told, keys);
                })
                .exceptionally(error -> null);
    }

    private void follow(long agreed) {
        long by = agreed - millis();
        if (Math.abs(by) <= TOLERATED.toMillis()) {
            return;
        }
        long corrected = correction + by;
        boolean believed = Math.abs(corrected) <= LARGEST.toMillis();
        if (believed) {
            correction = corrected;
        }
        events.clockDiffers(Duration.ofMillis(-by), believed);
    }

    /** Where nodes disagree, what the first of them tells is told to the others. */
    private CompletableFuture<Void> tell(List<Told> told, Bookkeeping keys) {
        List<CompletableFuture<Written>> writes = new ArrayList<>();
        for (Told each : told) {
            OptionalLong own = each.own();
            OptionalLong agreed = each.agreed();
            if (own.isEmpty()) {
                continue;
            }
            byte[] ahead = Long.toString(millis() - own.getAsLong()).getBytes(US_ASCII);
            if (agreed.isEmpty()) {
                writes.add(each.node.add(keys.clockKey(), ahead, Duration.ZERO));
            } else if (Math.abs(agreed.getAsLong() - millis()) > 2 * TOLERATED.toMillis()) {
                writes.add(each.node.set(keys.clockKey(), ahead));
            }
        }
        return WriteRound.settled(writes);
    }
}
