package io.memsession.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What an app server knows of the sessions it met last, by plain id; of so many, the others are forgotten. */
final class Remembered<V> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, V> latest;

    Remembered(int most) {
        latest = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    V get(SessionId id) {
        lock.lock();
        try {
            return latest.get(id.plain());
        } finally {
            lock.unlock();
        }
    }

    void put(SessionId id, V value) {
        lock.lock();
        try {
            latest.put(id.plain(), value);
        } finally {
            lock.unlock();
        }
    }

    void forget(SessionId id) {
        lock.lock();
        try {
            latest.remove(id.plain());
        } finally {
            lock.unlock();
        }
    }
}
