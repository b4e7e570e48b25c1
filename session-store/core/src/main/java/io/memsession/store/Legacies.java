package io.memsession.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What sessions leave that expired: their last record, put on their homes before the tombstone takes its place, and
 * marked as told when the listeners of one app server have seen it. So whoever meets an expired session first may end
 * it, and its expiry is still told with its attributes.
 */
final class Legacies {
    /** How long after its end a session's expiry can still be told. */
    static final Duration KEPT = Duration.ofMinutes(5);

    private static final byte[] TOLD = "told".getBytes(US_ASCII);

    private final Bookkeeping keys;
    private volatile boolean wanted;

    Legacies(Bookkeeping keys) {
        this.keys = keys;
    }

    /** A legacy as the homes keep it. */
    record Legacy(Homes homes, List<Held> held, @Nullable SessionRecord record) {}

    /** From now on sessions leave something: somebody wants to be told when they expire. */
    void want() {
        wanted = true;
    }

    /** Keeps the record as it is before the session's end. Completes normally. */
    CompletableFuture<Void> keep(Homes homes, SessionRecord last) {
        if (!wanted) {
            return CompletableFuture.completedFuture(null);
        }
        byte[] bytes = RecordFormat.write(last);
        String key = keys.legacyKey(homes.id());
        return WriteRound.settled(
                homes.nodes().stream().map(node -> node.add(key, bytes, KEPT)).toList());
    }

    /** What the session left; without a record if there is nothing, or its expiry was told. */
    CompletableFuture<Legacy> find(Homes homes) {
        String key = keys.legacyKey(homes.id());
        List<CompletableFuture<Optional<Copy>>> answers =
                homes.nodes().stream().map(node -> node.get(key)).toList();
        return WriteRound.settled(answers).thenApply(all -> {
            List<Held> held = new ArrayList<>();
            SessionRecord last = null;
            boolean told = false;
            for (int i = 0; i < answers.size(); i++) {
                Copy copy = answers.get(i).isCompletedExceptionally()
                        ? null
                        : answers.get(i).join().orElse(null);
                if (copy != null) {
                    held.add(new Held(homes.nodes().get(i), copy.token()));
                    told |= Arrays.equals(TOLD, copy.value());
                    last = last == null ? record(copy) : last;
                }
            }
            return new Legacy(homes, held, told ? null : last);
        });
    }

    private static @Nullable SessionRecord record(Copy copy) {
        try {
            SessionRecord record = RecordFormat.read(copy.value());
            return record.live() ? record : null;
        } catch (CorruptRecordException e) {
            return null; // bytes that somebody else put there
        }
    }

    /** The expiry was told. Completes normally. */
    CompletableFuture<Void> told(Legacy legacy) {
        String key = keys.legacyKey(legacy.homes().id());
        return WriteRound.settled(legacy.held().stream()
                .map(held -> held.node().put(key, held, TOLD, KEPT))
                .toList());
    }
}
