package io.memsession.store.redis;

import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.memsession.store.Prober;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads that carry all connections of this JVM to Redis: made for the first node, ended with the last. They know
 * nothing of the web application whose request asked first.
 */
final class Threads {
    private static final int FEWEST = 2; // Lettuce takes no fewer
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static @Nullable ClientResources shared;
    private static int users;

    private Threads() {}

    /** Those that there are, or new ones; to be given back once. */
    static synchronized ClientResources take() {
        ClientResources taken = shared;
        if (taken == null) {
            taken = DefaultClientResources.builder()
                    .ioThreadPoolSize(FEWEST)
                    .computationThreadPoolSize(FEWEST)
                    .commandLatencyRecorder(CommandLatencyRecorder.disabled())
                    .threadFactoryProvider(pool -> factory())
                    .build();
            shared = taken;
        }
        users++;
        return taken;
    }

    static synchronized void giveBack() {
        ClientResources taken = shared;
        if (--users == 0 && taken != null) {
            shared = null;
            var unused = taken.shutdown(0, 1, TimeUnit.SECONDS);
        }
    }

    private static ThreadFactory factory() {
        return task -> Prober.thread("memsession-redis-" + NUMBERS.incrementAndGet(), task);
    }
}
