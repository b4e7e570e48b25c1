package io.memsession.spring;

import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Requests that sessions were not available for, as log lines: the first at once, then one line a while for all. */
final class Outage {
    private static final long BETWEEN_LINES = Duration.ofSeconds(10).toNanos();

    private final LongSupplier nanoClock;
    private final Consumer<String> log;
    private final Runnable counted;
    private final AtomicLong silent = new AtomicLong();
    private final AtomicLong nextLine;

    /** @param counted counts each request that is refused */
    Outage(LongSupplier nanoClock, Consumer<String> log, Runnable counted) {
        this.nanoClock = nanoClock;
        this.log = log;
        this.counted = counted;
        this.nextLine = new AtomicLong(nanoClock.getAsLong());
    }

    /** A request could not be served. */
    void met(StoreUnavailableException cause) {
        counted.run();
        long now = nanoClock.getAsLong();
        long next = nextLine.get();
        if (now - next < 0 || !nextLine.compareAndSet(next, now + BETWEEN_LINES)) {
            silent.incrementAndGet();
            return;
        }
        long others = silent.getAndSet(0);
        log.accept(cause.getMessage() + "; the request is answered 503 (Retry-After: 1)"
                + (others == 0 ? "" : ", as were " + others + " since the last such line"));
    }
}
