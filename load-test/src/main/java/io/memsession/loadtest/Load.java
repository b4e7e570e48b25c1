package io.memsession.loadtest;

import io.gatling.app.Gatling$;
import io.memsession.e2e.Cluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One load on one cluster: users come, shop, and stop when it is over. */
final class Load {
    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration LONGEST_RAMP = Duration.ofSeconds(10);
    private static final Duration LAST_FAULT_BEFORE_THE_END = Duration.ofSeconds(8);

    /** Gatling knows a simulation by its class's name alone. */
    private static volatile @Nullable Load underWay;

    private final Cluster cluster;
    private final Demand demand;
    private final Timeline timeline = new Timeline();
    private final Findings findings;
    private final FaultSchedule schedule;
    private final Progress progress;
    private final Stalls stalls;
    private volatile long end = Long.MAX_VALUE;
    private volatile boolean faultsAreOver;

    /**
     * What is asked of it.
     *
     * @param users how many users there are
     * @param lasts how long they shop, their coming included
     * @param faults whether processes are killed meanwhile
     */
    record Demand(int users, Duration lasts, boolean faults) {

        /** How long it takes until all have come. */
        Duration ramp() {
            Duration third = lasts.dividedBy(3);
            return third.compareTo(LONGEST_RAMP) < 0 ? third : LONGEST_RAMP;
        }
    }

    /** A load that has not yet begun. */
    Load(Cluster cluster, Demand demand, Consumer<String> say) {
        this.cluster = cluster;
        this.demand = demand;
        this.stalls = new Stalls(cluster.operationTimeout());
        this.findings = new Findings(timeline, say);
        this.schedule = new FaultSchedule(cluster, timeline, say);
        this.progress = new Progress(cluster, timeline, findings, schedule, this::isOver, say);
    }

    /** The one that Gatling is running. */
    static Load underWay() {
        return Objects.requireNonNull(underWay, "no load is under way");
    }

    /** Lets it happen; Gatling's report is kept in that folder. */
    Result run(Path reports) {
        underWay = this;
        int status;
        try {
            status = Gatling$.MODULE$.fromArgs(
                    new String[] {"-s", ShopSimulation.class.getName(), "-rf", reports.toString()});
        } finally {
            progress.close();
            stalls.close();
            underWay = null;
        }
        List<String> problems = new ArrayList<>();
        if (status != 0) {
            problems.add("Gatling ended with " + status);
        }
        Exception failure = schedule.failure();
        if (failure != null) {
            problems.add(String.valueOf(failure.getMessage()));
        }
        return new Result(cluster.host(), demand.users(), timeline, findings, stalls, report(reports), problems);
    }

    /** The first users come: the time begins to count. */
    void begin() {
        long now = System.nanoTime();
        timeline.begin(now);
        end = now + demand.lasts().toNanos();
        progress.begin();
        stalls.watch(cluster);
        Thread killer = new Thread(() -> fail(now + demand.ramp().toNanos()), "fault schedule");
        killer.setDaemon(true);
        killer.start();
    }

    private void fail(long from) {
        if (demand.faults()) {
            schedule.follow(from, end - LAST_FAULT_BEFORE_THE_END.toNanos());
        }
        faultsAreOver = true;
    }

    private static Path report(Path reports) {
        try (Stream<Path> files = Files.find(reports, 2, (file, is) -> file.endsWith("index.html"))) {
            return files.findFirst().orElse(reports);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The user with that number. */
    Shopper shopper(long number) {
        return new Shopper("u" + number, new SplittableRandom(number), schedule, stalls, findings, timeline);
    }

    /** Whether all may stop. */
    boolean isOver() {
        return faultsAreOver && System.nanoTime() > end;
    }

    Demand demand() {
        return demand;
    }

    /** Where users ask. */
    String url() {
        return cluster.nginx().url();
    }

    /** The session cookie's name. */
    String cookie() {
        return cluster.host().cookie();
    }
}
