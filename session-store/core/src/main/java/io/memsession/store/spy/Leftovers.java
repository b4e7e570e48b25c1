package io.memsession.store.spy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What this app server has written to a server that keeps no time, and when it is over: to be deleted some time after
 * that. It is forgotten when this app server ends; what is left then is never read, and never deleted.
 */
final class Leftovers {
    /** More keys than these are not remembered, the oldest ones first. */
    private static final int MOST = 100_000;

    private static final int AT_ONCE = 100;
    private static final long WAIT = Duration.ofMinutes(1).toMillis();
    private static final long PERIOD = Duration.ofSeconds(5).toMillis();

    private final Map<String, Long> ends = new LinkedHashMap<>();
    private long nextLook;

    /** Something was written that is over then; {@link Long#MAX_VALUE} for never. */
    synchronized void wrote(String key, long end) {
        ends.remove(key);
        if (end != Long.MAX_VALUE) {
            ends.put(key, end);
        }
        if (ends.size() > MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** Keys to be looked at now; none, if somebody looked a moment ago. */
    synchronized List<String> due(long now) {
        List<String> due = new ArrayList<>();
        if (now < nextLook) {
            return due;
        }
        nextLook = now + PERIOD;
        for (Map.Entry<String, Long> each : ends.entrySet()) {
            if (each.getValue() + WAIT < now && due.size() < AT_ONCE) {
                due.add(each.getKey());
            }
        }
        ends.keySet().removeAll(due);
        return due;
    }
}
