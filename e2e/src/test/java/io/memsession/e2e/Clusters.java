package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;

/** The clusters of this test run: one per kind of app server, started when first needed, gone when the JVM ends. */
final class Clusters {
    /** A path whose requests have no session, also if they bring its cookie; it would show an attribute. */
    static final String IGNORED = "/api/attributes/ignored";

    /** Whether there is time for everything: {@code -De2e.all}. */
    static final boolean ALL = Boolean.getBoolean("e2e.all");

    private static final Children CHILDREN = new Children();
    private static final Map<Host, Cluster> CLUSTERS = new EnumMap<>(Host.class);
    private static final Map<Host, Cluster> STICKY = new EnumMap<>(Host.class);
    private static final Map<Host, Cluster> ON_REDIS = new EnumMap<>(Host.class);
    private static final Map<Host, Cluster> OF_THREE = new EnumMap<>(Host.class);
    private static final Collection<Cluster> SPECIAL = new ConcurrentLinkedQueue<>();

    private Clusters() {}

    /** The kinds of app server that this run is about: {@code -De2e.hosts=tomcat11,boot}. */
    static List<Host> hosts() {
        String hosts = System.getProperty("e2e.hosts", "tomcat9,tomcat10,tomcat11,boot");
        return Arrays.stream(hosts.split(","))
                .map(host -> Host.valueOf(host.strip().toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Those of them that what takes long is run with: two keep two cores busy enough. */
    static List<Host> someHosts() {
        return hosts().stream()
                .filter(host -> ALL || host == Host.TOMCAT11 || host == Host.BOOT)
                .toList();
    }

    /** The one of them that what is about the engine alone is run with. */
    static List<Host> oneHost() {
        if (ALL) {
            return hosts();
        }
        return (someHosts().isEmpty() ? hosts() : someHosts()).subList(0, 1);
    }

    /** Those of them that look for a session only if the application does. */
    static List<Host> hostsThatAskForNoSessionThemselves() {
        return hosts().stream().filter(Host.BOOT::equals).toList();
    }

    /** Those of the hosts for what takes long that are Tomcats. */
    static List<Host> tomcats() {
        return someHosts().stream().filter(host -> host != Host.BOOT).toList();
    }

    /**
     * That kind's cluster with everything up and repaired and both nodes in use, whatever an earlier test did to it.
     */
    static synchronized Cluster whole(Host host) {
        Cluster cluster = CLUSTERS.computeIfAbsent(
                host, one -> cluster(one, "", Plan.faulty(2).withSettings(Map.of("ignored", IGNORED))));
        whole(cluster);
        return cluster;
    }

    /** The same of Tomcats with sticky sessions; a cluster of its own. */
    static synchronized Cluster wholeSticky(Host host) {
        Cluster cluster = STICKY.computeIfAbsent(
                host, one -> cluster(one, "-sticky", Plan.faulty(2).withSettings(Map.of("sticky", "true"))));
        whole(cluster);
        return cluster;
    }

    /** The same with a pair of Redis servers; a cluster of its own, until {@link #stopThoseOnRedis}. */
    static synchronized Cluster wholeOnRedis(Host host) {
        Assumptions.assumeTrue(
                Children.isInstalled("redis-server"), "redis-server is not installed: Debian's package redis-server");
        Cluster cluster = ON_REDIS.computeIfAbsent(
                host, one -> cluster(one, "-redis", Plan.onRedis().withSettings(Map.of("ignored", IGNORED))));
        whole(cluster);
        return cluster;
    }

    static synchronized void stopThoseOnRedis() {
        ON_REDIS.values().forEach(Cluster::stop);
    }

    /** The same with three nodes; a cluster of its own, until {@link #stopThoseOfThree}. */
    static synchronized Cluster wholeOfThree(Host host) {
        Cluster cluster = OF_THREE.computeIfAbsent(host, one -> cluster(one, "-three", Plan.faulty(3)));
        whole(cluster);
        return cluster;
    }

    static synchronized void stopThoseOfThree() {
        OF_THREE.values().forEach(Cluster::stop);
    }

    private static Cluster cluster(Host host, String suffix, Plan plan) {
        return new Cluster(
                host,
                host.name().toLowerCase(Locale.ROOT) + suffix,
                Layout.ofThisRun(),
                CHILDREN,
                wanted -> Ports.any(),
                plan);
    }

    private static void whole(Cluster cluster) {
        cluster.heal();
        cluster.nodes().stream().filter(ServerProcess::isRunning).forEach(ServerProcess::resume);
        cluster.start();
        Load.awaitThatBothNodesAreUsed(cluster);
        // what a test does next to a node is a second failure as long as the first is not repaired
        await().atMost(Duration.ofMinutes(1)).until(cluster::isRepaired);
    }

    /** One more cluster, started, by that plan; to be stopped by who asked for it. */
    static Cluster special(Host host, String what, Plan plan) {
        return special(host, what, plan, made -> {});
    }

    /** The same, with something done to it before its start. */
    static Cluster special(Host host, String what, Plan plan, Consumer<Cluster> prepared) {
        String group = host.name().toLowerCase(Locale.ROOT) + "-" + what;
        Cluster cluster = new Cluster(host, group, Layout.ofThisRun(), CHILDREN, wanted -> Ports.any(), plan);
        SPECIAL.add(cluster);
        prepared.accept(cluster);
        cluster.start();
        return cluster;
    }

    /** Makes a cluster one of those whose logs are shown when a test fails. */
    static void special(Cluster cluster) {
        SPECIAL.add(cluster);
    }

    /** The clusters that were started so far. */
    static synchronized Collection<Cluster> started() {
        List<Cluster> started = new ArrayList<>(CLUSTERS.values());
        started.addAll(STICKY.values());
        started.addAll(ON_REDIS.values());
        started.addAll(OF_THREE.values());
        started.addAll(SPECIAL);
        started.removeIf(cluster -> cluster.all().stream().noneMatch(ServerProcess::isRunning));
        return started;
    }
}
