package io.memsession.store;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Changes of index pages on their way to the nodes, off the path of requests: those of one topic go together, and only
 * so many topics at once. Thread-safe.
 */
final class IndexWrites {
    private static final int AT_ONCE = 32;

    /** For so long changes that can wait are gathered. */
    private static final Duration GATHERING = Duration.ofMillis(250);

    private final IndexPages pages;
    private final Scheduler scheduler;
    private final BackgroundWrites background;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Change> waiting = new LinkedHashMap<>();
    private final Map<String, Change> running = new HashMap<>();
    private boolean armed;

    /** What is to be changed in one topic. */
    private static final class Change {
        final Set<SessionId> added = new HashSet<>();
        final Set<SessionId> dropped = new HashSet<>();
        final CompletableFuture<Void> done = new CompletableFuture<>();
        Duration ttl = Duration.ZERO;
    }

    IndexWrites(IndexPages pages, Scheduler scheduler, BackgroundWrites background) {
        this.pages = pages;
        this.scheduler = scheduler;
        this.background = background;
    }

    /** Adds the id to the topic, soon: together with what else comes in a moment. */
    CompletableFuture<Void> addSoon(String topic, SessionId id, Duration ttl) {
        CompletableFuture<Void> done = put(topic, id, ttl, true);
        arm();
        return done;
    }

    /** Adds the id to the topic, beginning at once. */
    CompletableFuture<Void> addNow(String topic, SessionId id, Duration ttl) {
        CompletableFuture<Void> done = put(topic, id, ttl, true);
        flush();
        return done;
    }

    /** Drops the id from the topic, soon. */
    CompletableFuture<Void> dropSoon(String topic, SessionId id, Duration ttl) {
        CompletableFuture<Void> done = put(topic, id, ttl, false);
        arm();
        return done;
    }

    private CompletableFuture<Void> put(String topic, SessionId id, Duration ttl, boolean add) {
        lock.lock();
        try {
            Change change = waiting.computeIfAbsent(topic, none -> new Change());
            (add ? change.added : change.dropped).add(id);
            (add ? change.dropped : change.added).remove(id);
            change.ttl = change.ttl.compareTo(ttl) < 0 ? ttl : change.ttl;
            return change.done;
        } finally {
            lock.unlock();
        }
    }

    private void arm() {
        lock.lock();
        try {
            if (armed) {
                return;
            }
            armed = true;
        } finally {
            lock.unlock();
        }
        scheduler.after(GATHERING, () -> {
            lock.lock();
            try {
                armed = false;
            } finally {
                lock.unlock();
            }
            flush();
        });
    }

    /** Completes, always normally, when what was to be changed in the topic is. */
    CompletableFuture<Void> settled(String topic) {
        lock.lock();
        try {
            Change now = running.get(topic);
            Change next = waiting.get(topic);
            CompletableFuture<Void> both = CompletableFuture.allOf(
                    now == null ? CompletableFuture.completedFuture(null) : now.done,
                    next == null ? CompletableFuture.completedFuture(null) : next.done);
            return both.exceptionally(error -> null);
        } finally {
            lock.unlock();
        }
    }

    /** Begins with everything that waits, as far as it may run at once; the rest follows. */
    void flush() {
        Map.Entry<String, Change> next;
        while ((next = take()) != null) {
            run(next.getKey(), next.getValue());
        }
    }

    private Map.@Nullable Entry<String, Change> take() {
        lock.lock();
        try {
            Iterator<Map.Entry<String, Change>> entries = waiting.entrySet().iterator();
            while (running.size() < AT_ONCE && entries.hasNext()) {
                Map.Entry<String, Change> entry = entries.next();
                if (!running.containsKey(entry.getKey())) {
                    entries.remove();
                    running.put(entry.getKey(), entry.getValue());
                    return entry;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void run(String topic, Change change) {
        background.add(change.done);
        background.add(pages.change(topic, change.added, change.dropped, change.ttl)
                .whenComplete((done, error) -> {
                    finished(topic);
                    if (error == null) {
                        change.done.complete(null);
                    } else {
                        change.done.completeExceptionally(error);
                    }
                    // not from here: a chain of futures that are complete already would be as deep as it is long
                    if (more()) {
                        scheduler.after(Duration.ZERO, this::flush);
                    }
                }));
    }

    private void finished(String topic) {
        lock.lock();
        try {
            running.remove(topic);
        } finally {
            lock.unlock();
        }
    }

    private boolean more() {
        lock.lock();
        try {
            return !waiting.isEmpty() && !armed;
        } finally {
            lock.unlock();
        }
    }
}
