package io.memsession.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The long form of the history check: random faults from a seed, as long as there is time. */
public final class Soak {
    private static final int SESSIONS = 6;
    private static final int FAULTS_OF_A_TRIAL = 6;

    private final Duration time;
    private final List<Fault> faults;
    private final List<Host> hosts;
    private final long seed;
    private int trials;
    private int violations;

    private Soak(Duration time, List<Fault> faults, List<Host> hosts, long seed) {
        this.time = time;
        this.faults = faults;
        this.hosts = hosts;
        this.seed = seed;
    }

    /** Takes {@code MINUTES [--faults a,b] [--seed N] [--hosts a,b]}; ends with 1 if a promise was not kept. */
    public static void main(String[] args) throws InterruptedException {
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i + 1 < args.length; i += 2) {
            options.put(args[i], args[i + 1]);
        }
        Soak soak = new Soak(
                Duration.ofMinutes(Long.parseLong(args[0])),
                Fault.named(options.getOrDefault("--faults", "")),
                Arrays.stream(options.getOrDefault("--hosts", "tomcat11,boot").split(","))
                        .map(host -> Host.valueOf(host.strip().toUpperCase(Locale.ROOT)))
                        .toList(),
                Long.parseLong(options.getOrDefault("--seed", String.valueOf(System.nanoTime() & 0xffffff))));
        System.exit(soak.run() ? 0 : 1);
    }

    private boolean run() throws InterruptedException {
        Demo.say("seed " + seed + ", faults " + faults + ", hosts " + hosts + ", " + time.toMinutes() + " minutes");
        try (Children children = new Children()) {
            List<Cluster> clusters = new ArrayList<>();
            for (Host host : hosts) {
                String group = "soak-" + host.name().toLowerCase(Locale.ROOT);
                clusters.add(
                        new Cluster(host, group, Layout.ofThisRun(), children, wanted -> Ports.any(), Plan.faulty(2)));
            }
            long deadline = System.nanoTime() + time.toNanos();
            for (long trial = seed; System.nanoTime() < deadline; trial++) {
                Cluster cluster = clusters.get((int) ((trial - seed) % clusters.size()));
                cluster.start();
                trial(cluster, trial, deadline);
            }
        }
        Demo.say(trials + " trials, " + violations + " violations");
        return violations == 0;
    }

    /** A trial's seed decides what happens; how it meets what the clients do, chance decides. */
    private void trial(Cluster cluster, long trialSeed, long deadline) throws InterruptedException {
        trials++;
        SplittableRandom random = new SplittableRandom(trialSeed);
        try (Trial trial = new Trial(cluster, SESSIONS, trialSeed)) {
            for (int i = 0; i < FAULTS_OF_A_TRIAL && System.nanoTime() < deadline; i++) {
                Fault fault = faults.get(random.nextInt(faults.size()));
                trial.fail(fault, random.nextInt(fault.victims(cluster).size()));
            }
            List<String> found = trial.judge();
            trial.figures().forEach(Demo::say);
            violations += found.size();
            if (!found.isEmpty()) {
                Demo.say(Trial.shown(found));
            }
        } catch (IllegalStateException e) {
            violations++;
            Demo.say(cluster.host() + ", seed " + trialSeed + ": " + e.getMessage());
        }
    }
}
