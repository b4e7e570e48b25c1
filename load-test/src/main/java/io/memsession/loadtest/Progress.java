package io.memsession.loadtest;

import io.memsession.e2e.Cluster;
import io.memsession.e2e.MemcachedProcess;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What watches a load: asks the nodes every second what they were asked, and tells a line every few seconds. */
final class Progress implements AutoCloseable {
    private static final int SECONDS_BETWEEN_LINES = 5;

    private final Cluster cluster;
    private final Timeline timeline;
    private final Findings findings;
    private final FaultSchedule schedule;
    private final BooleanSupplier over;
    private final Consumer<String> say;
    private final Map<MemcachedProcess, Long> commands = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });
    private @Nullable Future<?> ticking;
    private int ticks;

    Progress(
            Cluster cluster,
            Timeline timeline,
            Findings findings,
            FaultSchedule schedule,
            BooleanSupplier over,
            Consumer<String> say) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.findings = findings;
        this.schedule = schedule;
        this.over = over;
        this.say = say;
    }

    void begin() {
        cluster.memcacheds().forEach(this::asked);
        ticking = clock.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        if (over.getAsBoolean()) {
            return; // what nodes are asked after the last request is none of its cost
        }
        long sum = 0;
        for (MemcachedProcess node : cluster.memcacheds()) {
            sum += asked(node);
        }
        timeline.addCommands(sum, System.nanoTime());
        ticks++;
        if (ticks % SECONDS_BETWEEN_LINES == 0) {
            say.accept(line());
        }
    }

    /** How much more it was asked since the last look; it counts from 0 after a start, and nothing while it is dead. */
    private long asked(MemcachedProcess node) {
        if (!node.isServing()) {
            commands.put(node, 0L);
            return 0;
        }
        try {
            long now = node.commands();
            Long before = commands.put(node, now);
            return before == null ? 0 : now < before ? now : now - before;
        } catch (UncheckedIOException e) {
            return 0; // it dies just now
        }
    }

    private String line() {
        long until = timeline.second(System.nanoTime());
        Timeline.Second last = timeline.between(until - SECONDS_BETWEEN_LINES, until);
        int requests = last.latencies().total();
        return String.format(
                Locale.ROOT,
                "%4d s  %,6.0f requests/s  p50 %s  p99 %s  %.1f commands a request  %d wrong%s",
                until,
                (double) requests / SECONDS_BETWEEN_LINES,
                Page.millis(last.latencies().percentile(0.5)),
                Page.millis(last.latencies().percentile(0.99)),
                (double) last.commands() / Math.max(1, requests),
                findings.count(),
                schedule.underWay().isEmpty() ? "" : "  (" + schedule.underWay() + ")");
    }

    @Override
    public void close() {
        if (ticking != null) {
            ticking.cancel(false);
        }
        clock.shutdownNow();
    }
}
