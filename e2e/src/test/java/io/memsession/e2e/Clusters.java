package io.memsession.e2e;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The clusters of this test run: one per kind of app server, started when first needed, gone when the JVM ends. */
final class Clusters {
    /** A path whose requests have no session, also if they bring its cookie; it would show an attribute. */
    static final String IGNORED = "/api/attributes/ignored";

    private static final Children CHILDREN = new Children();
    private static final Map<Host, Cluster> CLUSTERS = new EnumMap<>(Host.class);
    private static final Map<Host, Cluster> STICKY = new EnumMap<>(Host.class);
    private static final Collection<Cluster> SPECIAL = new ConcurrentLinkedQueue<>();

    private Clusters() {}

    /** The kinds of app server that this run is about: {@code -De2e.hosts=tomcat11,boot}. */
    static List<Host> hosts() {
        return hosts("e2e.hosts", "tomcat9,tomcat10,tomcat11,boot");
    }

    /** Those of them that what takes long is run with: two keep two cores busy enough. */
    static List<Host> someHosts() {
        List<Host> some = hosts("some.hosts", "tomcat11,boot");
        return hosts().stream().filter(some::contains).toList();
    }

    private static List<Host> hosts(String property, String otherwise) {
        return Arrays.stream(System.getProperty(property, otherwise).split(","))
                .map(host -> Host.valueOf(host.strip().toUpperCase(Locale.ROOT)))
                .toList();
    }

    /** Those of them that look for a session only if the application does. */
    static List<Host> hostsThatAskForNoSessionThemselves() {
        return hosts().stream().filter(Host.BOOT::equals).toList();
    }

    /** Those of them that are Tomcats. */
    static List<Host> tomcats() {
        return hosts().stream().filter(host -> host != Host.BOOT).toList();
    }

    /** That kind's cluster with everything up and both nodes in use, whatever an earlier test did to it. */
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
    }

    /** One more cluster, started, by that plan; to be stopped by who asked for it. */
    static Cluster special(Host host, String what, Plan plan) {
        String group = host.name().toLowerCase(Locale.ROOT) + "-" + what;
        Cluster cluster = new Cluster(host, group, Layout.ofThisRun(), CHILDREN, wanted -> Ports.any(), plan);
        SPECIAL.add(cluster);
        cluster.start();
        return cluster;
    }

    /** The clusters that were started so far. */
    static synchronized Collection<Cluster> started() {
        List<Cluster> started = new ArrayList<>(CLUSTERS.values());
        started.addAll(STICKY.values());
        started.addAll(SPECIAL);
        started.removeIf(cluster -> cluster.all().stream().noneMatch(ServerProcess::isRunning));
        return started;
    }
}
