package io.memsession.tomcat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What was learnt of requests by their names, for {@code lockingMode="auto"}: those that only read need no lock; one
 * that ever changed a session always does. Bounded, as names come from clients; thread-safe.
 */
final class ReadOnlyRequests {
    private static final int MOST_READING = 1000;
    private static final int MOST_CHANGING = 50_000;

    private final Set<String> reading = recent(MOST_READING);
    private final Set<String> changing = recent(MOST_CHANGING);

    private static Set<String> recent(int most) {
        return Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > most;
            }
        });
    }

    synchronized boolean contains(String name) {
        return reading.contains(name);
    }

    synchronized void learn(String name, boolean changed) {
        if (changed) {
            changing.add(name);
            reading.remove(name);
        } else if (!changing.contains(name)) {
            reading.add(name);
        }
    }
}
