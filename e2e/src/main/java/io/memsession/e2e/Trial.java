package io.memsession.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One history under faults: clients work at a cluster while its nodes, or app servers, fail one after the other, each
 * after the last was repaired; then the history is judged.
 */
public final class Trial implements AutoCloseable {
    private static final long SLACK_MILLIS = 300;
    private static final Duration LONGEST_COMPILING = Duration.ofMinutes(1);
    private static final int LAST = 300;
    private static final long WARM_MILLIS = 50;
    private static final int SHOWN = 5;

    private final Cluster cluster;
    private final Workload workload;
    private final Noise noise;
    private final long seed;
    private final List<Phase> phases = new ArrayList<>();

    /** What happened when to whom: a fault from its beginning until it was repaired, in nanoseconds. */
    private record Phase(String what, ServerProcess victim, long began, long ended, long repaired) {

        boolean meets(Operation operation) {
            return operation.ended() > began && operation.began() < repaired;
        }

        boolean hits(Operation operation) {
            return meets(operation) && operation.server().equals(victim.name());
        }
    }

    /** Clients begin to work. */
    public Trial(Cluster cluster, int sessionsAtATime, long seed) {
        this.cluster = cluster;
        this.seed = seed;
        this.noise = new Noise(cluster);
        this.workload = new Workload(cluster, sessionsAtATime, seed);
    }

    /** Waits until half of the last requests took no longer than 50 ms, or a minute has passed. */
    public void awaitWarm() throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_COMPILING.toNanos();
        do {
            TimeUnit.MILLISECONDS.sleep(250);
        } while (medianOfTheLast() > WARM_MILLIS && System.nanoTime() < deadline);
    }

    private long medianOfTheLast() {
        List<Operation> all = workload.history().operations();
        return all.size() < LAST
                ? Long.MAX_VALUE
                : millis(all.subList(all.size() - LAST, all.size()).stream()).get(LAST / 2);
    }

    /** How long they took, the shortest first. */
    private static List<Long> millis(Stream<Operation> operations) {
        return operations.map(Operation::millis).sorted().toList();
    }

    /** Lets all that this can happen to fail, one after the other. */
    public void failAll(Fault fault) throws InterruptedException {
        for (int i = 0; i < fault.victims(cluster).size(); i++) {
            fail(fault, i);
        }
    }

    /** Lets a node or an app server fail, come back and be repaired, and waits until that is so. */
    public void fail(Fault fault, int number) throws InterruptedException {
        fail(fault.of(cluster, number), fault.toString());
    }

    /** The same of any failure, by the name that it is to have. */
    void fail(Failure failure, String name) throws InterruptedException {
        String what = name + " " + failure.victim().name();
        long began = System.nanoTime();
        failure.begin();
        long until = began + failure.lasts().toNanos();
        while (System.nanoTime() < until) {
            failure.goOn();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        failure.end();
        long ended = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(500); // until everybody has noticed
        cluster.awaitRepaired(
                "after " + what,
                () -> "; the machine itself kept a request waiting for " + noise.longestMillis() + " ms at most");
        long repaired = System.nanoTime();
        noise.forget(failure.victim(), began, repaired);
        phases.add(new Phase(what, failure.victim(), began, ended, repaired));
        TimeUnit.MILLISECONDS.sleep(500); // what was under way arrives
    }

    /** Lets the clients finish and judges what they saw; every violation as text, with the seed. */
    public List<String> judge() throws InterruptedException {
        workload.finish();
        noise.close();
        return new Promise(this::longestMillis, this::mayFail)
                .violations(workload.history().operations()).stream()
                        .map(violation ->
                                cluster.host() + ", seed " + seed + during(violation) + ": " + violation.text())
                        .toList();
    }

    /**
     * One operation timeout for each of two round trips; ending and renaming take a round trip more on either id. An
     * app server that was killed or hung takes as long as it does, until it is warm.
     */
    private long longestMillis(Operation operation) {
        if (phases.stream().anyMatch(phase -> phase.hits(operation))) {
            return Long.MAX_VALUE;
        }
        boolean twoIds = operation.is(Operation.Kind.RENAME) || operation.is(Operation.Kind.END);
        long limit = (twoIds ? 4 : 2) * cluster.operationTimeout().toMillis() + SLACK_MILLIS;
        return operation.millis() <= limit ? limit : limit + 2 * stillMillis(operation);
    }

    /**
     * Whether the machine itself, or the node that did not fail, stood still for longer than a node has to answer: that
     * is a second failure.
     */
    private boolean stoodStill(Operation operation) {
        return stillMillis(operation) > cluster.operationTimeout().toMillis();
    }

    private long stillMillis(Operation operation) {
        long still = noise.millisDuring(operation);
        if (phases.stream().anyMatch(phase -> phase.meets(operation))) {
            for (NodeProcess node : cluster.nodes()) {
                still = Math.max(still, noise.millisDuring(operation, node));
            }
        }
        return still;
    }

    /** An error is none of the store's, too, where the app server that was asked was killed or hung meanwhile. */
    private boolean mayFail(Operation operation) {
        return stoodStill(operation)
                || phases.stream().anyMatch(phase -> phase.hits(operation) && operation.began() < phase.ended);
    }

    private String during(Violation violation) {
        StringBuilder during = new StringBuilder();
        for (Phase phase : phases) {
            if (violation.shows().stream().anyMatch(phase::meets)) {
                during.append(during.isEmpty() ? ", at " : ", ").append(phase.what);
            }
        }
        return during.toString();
    }

    /** The first of those violations, for people. */
    public static String shown(List<String> violations) {
        return violations.size() + " violations\n"
                + String.join("\n", violations.subList(0, Math.min(SHOWN, violations.size())));
    }

    /** A line for each fault: how many requests there were, how long they took, how long the repair took. */
    public List<String> figures() {
        List<Operation> all = workload.history().operations();
        List<String> lines = new ArrayList<>();
        for (Phase phase : phases) {
            List<Long> millis = millis(all.stream().filter(phase::meets));
            lines.add(String.format(
                    Locale.ROOT,
                    "%-12s %-21s %6d requests, p50 %d ms, p99 %d ms, longest %d ms; repaired %.1f s after its end",
                    cluster.host(),
                    phase.what,
                    millis.size(),
                    millis.isEmpty() ? 0 : millis.get(millis.size() / 2),
                    millis.isEmpty() ? 0 : millis.get(millis.size() * 99 / 100),
                    millis.isEmpty() ? 0 : millis.get(millis.size() - 1),
                    (phase.repaired - phase.ended) / 1e9));
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-12s %d requests failed; the machine itself kept a request waiting for %d ms at most",
                cluster.host(),
                all.stream()
                        .filter(each -> each.outcome() == Operation.Outcome.UNKNOWN)
                        .count(),
                noise.longestMillis()));
        return lines;
    }

    @Override
    public void close() {
        workload.close();
        noise.close();
        cluster.heal();
    }
}
