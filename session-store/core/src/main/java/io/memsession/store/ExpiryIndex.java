package io.memsession.store;

import java.util.concurrent.CompletableFuture;

/** The expiry index: which sessions are to be looked at when, to see whether they expired. */
final class ExpiryIndex {
    private static final int REMEMBERED = 50_000;

    /** An entry that was made is taken for granted for so many milliseconds; then the next save looks after it. */
    private static final long GRANTED = 60_000;

    private final Pair pair;
    private final IndexWrites writes;
    private final DueSessions due;
    private final Remembered<Entry> entries = new Remembered<>(REMEMBERED);

    /** An entry that this app server made, or saw, and until when that is good enough. */
    private record Entry(long period, long granted) {}

    ExpiryIndex(Pair pair, IndexWrites writes, DueSessions due) {
        this.pair = pair;
        this.writes = writes;
        this.due = due;
    }

    static String topic(long period) {
        return "x" + period;
    }

    /** A session was kept for the first time. */
    void created(SessionId id, SessionRecord record) {
        if (ends(record)) {
            var unused = enter(id, record, DueSessions.first(Expiry.deadline(record), pair.now()));
        }
    }

    /** A session was written. */
    void saved(SessionId id, SessionRecord record) {
        Entry entry = entries.get(id);
        boolean good = entry != null
                && pair.now() < entry.granted
                && entry.period <= Expiry.deadline(record) / DueSessions.PERIOD;
        if (!good && ends(record)) {
            var unused = look(id, record);
        }
    }

    /** The session is to be looked at again. Completes when the index says so. */
    CompletableFuture<Void> look(SessionId id, SessionRecord record) {
        return ends(record)
                ? enter(id, record, DueSessions.next(id, record, pair.now()))
                : CompletableFuture.completedFuture(null);
    }

    private static boolean ends(SessionRecord record) {
        return record.live() && Expiry.deadline(record) != Long.MAX_VALUE;
    }

    private CompletableFuture<Void> enter(SessionId id, SessionRecord record, long period) {
        long now = pair.now();
        entries.put(id, new Entry(period, Math.min((period + 1) * DueSessions.PERIOD, now + GRANTED)));
        return writes.addSoon(topic(period), id, DueSessions.ttl(period, now))
                .whenComplete((done, error) -> {
                    if (error != null) {
                        entries.forget(id);
                    }
                })
                .thenCompose(done -> due.tooLate(period, pair.now())
                        ? enter(id, record, DueSessions.first(Expiry.deadline(record), pair.now()))
                        : CompletableFuture.completedFuture(null));
    }
}
