package io.memsession.store;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which sessions may have what principal, and what value under each other name that the host looks sessions up by. Only
 * a hint: a session counts as found when its record says the same.
 */
final class NameIndex {
    private static final int REMEMBERED = 50_000;

    /** Every write of a session, and every noted access, looks after its entries, so they need not be kept for ever. */
    private static final Duration KEPT = Duration.ofDays(60);

    private final IndexPages pages;
    private final IndexWrites writes;
    private final Function<SessionRecord, Map<String, String>> names;
    private final Remembered<Set<String>> entered = new Remembered<>(REMEMBERED);

    NameIndex(IndexPages pages, IndexWrites writes, Function<SessionRecord, Map<String, String>> names) {
        this.pages = pages;
        this.writes = writes;
        this.names = names;
    }

    /** A topic is as long for every value, and does not show it. */
    static String topic(String name, String value) {
        return "n" + Digest.of(name.length() + ":" + name + value);
    }

    private Set<String> topics(SessionRecord record) {
        return names.apply(record).entrySet().stream()
                .map(each -> topic(each.getKey(), each.getValue()))
                .collect(Collectors.toSet());
    }

    /** A session was written. What is new is entered at once; for the rest it is looked soon whether it is there. */
    void saved(SessionId id, SessionRecord record) {
        Set<String> topics = topics(record);
        Set<String> before = entered.get(id);
        if (topics.isEmpty() && before == null) {
            return;
        }
        for (String topic : topics) {
            boolean known = before != null && before.contains(topic);
            forgetIfFailed(id, known ? writes.addSoon(topic, id, KEPT) : writes.addNow(topic, id, KEPT));
        }
        entered.put(id, topics);
    }

    private void forgetIfFailed(SessionId id, CompletableFuture<Void> write) {
        var unused = write.whenComplete((done, error) -> {
            if (error != null) {
                entered.forget(id);
            }
        });
    }

    /** A session was found by a repair: its entries may be lost. */
    void found(SessionId id, SessionRecord record) {
        topics(record).forEach(topic -> forgetIfFailed(id, writes.addSoon(topic, id, KEPT)));
    }

    /** The session is over, or goes on under another id. */
    void over(SessionId id, SessionRecord last) {
        topics(last).forEach(topic -> {
            var unused = writes.dropSoon(topic, id, KEPT);
        });
        entered.forget(id);
    }

    /** The sessions that may have that value under that name. */
    CompletableFuture<Set<SessionId>> candidates(String name, String value) {
        String topic = topic(name, value);
        writes.flush();
        return writes.settled(topic).thenCompose(settled -> pages.read(topic));
    }

    /** These sessions were candidates, and their records say otherwise. */
    void drop(String name, String value, Set<SessionId> wrong) {
        wrong.forEach(id -> {
            var unused = writes.dropSoon(topic(name, value), id, KEPT);
        });
    }
}
