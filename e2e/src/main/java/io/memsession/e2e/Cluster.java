package io.memsession.e2e;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A few nodes, two app servers of one kind, and an nginx in front. */
public final class Cluster {
    private static final int SERVERS = 2;
    private static final Duration LONGEST_REPAIR = Duration.ofSeconds(60);

    private final Host host;
    private final Site site;
    private final List<NodeProcess> nodes;
    private final List<AppServer> servers = new ArrayList<>();
    private final List<List<FaultProxy>> proxies = new ArrayList<>();
    private final NginxProcess nginx;
    private volatile String stampKey = "";

    /**
     * A pair, not yet started.
     *
     * @param group what its logs' names begin with
     * @param ports makes a free port of the one that would be nice to have
     */
    public Cluster(Host host, String group, Layout layout, Children children, IntUnaryOperator ports) {
        this(host, group, layout, children, ports, Plan.pair());
    }

    /** A cluster made by that plan, not yet started. */
    public Cluster(Host host, String group, Layout layout, Children children, IntUnaryOperator ports, Plan plan) {
        this.host = host;
        this.site = plan.site();
        this.nodes = IntStream.rangeClosed(1, plan.nodes())
                .mapToObj(number -> slot(layout, children, group, "n" + number, ports.applyAsInt(11211)))
                .<NodeProcess>map(each -> plan.redis() ? new RedisProcess(each) : new MemcachedProcess(each))
                .toList();
        for (int i = 0; i < SERVERS; i++) {
            Slot slot = slot(layout, children, group, host.serverName(i + 1), ports.applyAsInt(8081));
            AppServer server = host.server(slot, addresses(plan), plan.settings());
            server.pictures(memcacheds());
            servers.add(server);
        }
        this.nginx = new NginxProcess(slot(layout, children, group, "nginx", ports.applyAsInt(8080)), servers, nodes);
    }

    /** The nodes as one more app server is to know them. */
    private String addresses(Plan plan) {
        if (!site.discovery().isEmpty()) {
            return site.discovery();
        }
        if (!plan.proxied()) {
            return nodes.stream().map(NodeProcess::address).collect(Collectors.joining(","));
        }
        List<FaultProxy> ways = nodes.stream()
                .map(node -> new FaultProxy(Ports.any(), node.port()))
                .toList();
        proxies.add(ways);
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> nodes.get(i).name() + ":127.0.0.1:" + ways.get(i).port())
                .collect(Collectors.joining(","));
    }

    private Slot slot(Layout layout, Children children, String group, String name, int port) {
        return new Slot(children, layout, group, name, site.place(name), port);
    }

    /** Starts all that do not run, nodes first, and waits until they answer. */
    public void start() {
        List<ServerProcess> stopped =
                all().stream().filter(process -> !process.isRunning()).toList();
        stopped.stream().filter(NodeProcess.class::isInstance).forEach(node -> {
            node.start();
            node.awaitUp();
        });
        List<ServerProcess> others = stopped.stream()
                .filter(process -> !(process instanceof NodeProcess))
                .toList();
        others.forEach(ServerProcess::start);
        others.forEach(ServerProcess::awaitUp);
    }

    /** How long an app server waits for one answer of a node. */
    public Duration operationTimeout() {
        return Duration.ofMillis(250);
    }

    /** Kills all that runs. */
    public void stop() {
        all().forEach(ServerProcess::kill9);
    }

    /** What kind of app server runs here. */
    public Host host() {
        return host;
    }

    /** The nodes, {@code n1} first. */
    public List<NodeProcess> nodes() {
        return nodes;
    }

    /** Those of them that are memcacheds. */
    public List<MemcachedProcess> memcacheds() {
        return nodes.stream()
                .filter(MemcachedProcess.class::isInstance)
                .map(MemcachedProcess.class::cast)
                .toList();
    }

    /** What app servers call a node. */
    private String id(NodeProcess node) {
        return site.discovery().isEmpty() ? node.name() : node.discoveredId();
    }

    /** Where clients ask: at the app servers, in turn, or at the balancer where it has a machine of its own. */
    List<? extends Entrance> entrances() {
        return site == Site.HERE ? servers : List.of(nginx);
    }

    /** The two app servers. */
    public List<AppServer> servers() {
        return servers;
    }

    /** The way from an app server to a node, both counted from 0. */
    public FaultProxy way(int server, int node) {
        return proxies.get(server).get(node);
    }

    /** Every way to that node. */
    public List<FaultProxy> ways(int node) {
        return proxies.stream().map(ways -> ways.get(node)).toList();
    }

    /** Ends all faults on all ways. */
    public void heal() {
        proxies.forEach(ways -> ways.forEach(way -> way.mode(FaultProxy.Mode.PASS)));
    }

    /**
     * Whether the last failure is over: every node holds its stamp, no node holds a mark of another, and every app
     * server believes every node complete. Asks the nodes themselves.
     */
    public boolean isRepaired() {
        return notRepaired().isEmpty();
    }

    /**
     * Waits until the last failure is over, for a minute at most.
     *
     * @param what when that is, as in {@code after kill n1}
     * @param circumstances what else to tell where it takes longer
     */
    public void awaitRepaired(String what, Supplier<String> circumstances) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_REPAIR.toNanos();
        while (!isRepaired()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nodes are not repaired " + what + " within "
                        + LONGEST_REPAIR.toSeconds() + " s: " + notRepaired() + circumstances.get());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** What is missing until the last failure is over. */
    public List<String> notRepaired() {
        List<String> missing = new ArrayList<>();
        for (NodeProcess node : nodes) {
            try {
                missing.addAll(missingOn(node));
            } catch (UncheckedIOException e) {
                missing.add(node.name() + " did not answer in time: " + e.getCause());
            }
            servers.stream()
                    .filter(server -> server.isRunning() && !server.believesComplete(id(node)))
                    .forEach(
                            server -> missing.add(server.name() + " did not say that " + node.name() + " is complete"));
        }
        return missing;
    }

    private List<String> missingOn(NodeProcess node) {
        String stamp = stampKey(node);
        if (stamp.isEmpty() || !node.answers() || !node.text(stamp).startsWith("complete")) {
            return List.of(node.name() + " is not stamped as complete");
        }
        return nodes.stream()
                .filter(other -> other != node && isMarked(other, node, stamp))
                .map(other -> node.name() + " keeps a mark of " + other.name())
                .toList();
    }

    private boolean isMarked(NodeProcess marked, NodeProcess on, String stamp) {
        return !on.text(stamp.replaceFirst("stamp(@\\w+)?$", "mark:" + id(marked)))
                .startsWith("clear");
    }

    private String stampKey(NodeProcess node) {
        if (stampKey.isEmpty()) {
            stampKey = node.keys().stream()
                    .filter(key -> key.matches("memsession:.*:stamp(@\\w+)?"))
                    .findFirst()
                    .orElse("");
        }
        return stampKey;
    }

    /** The balancer. */
    public NginxProcess nginx() {
        return nginx;
    }

    /** The process of that name. */
    Optional<ServerProcess> process(String name) {
        return all().stream().filter(process -> process.name().equals(name)).findFirst();
    }

    /** Every process of the cluster, in the order in which they are started. */
    public List<ServerProcess> all() {
        return Stream.of(nodes.stream(), servers.stream(), Stream.of(nginx))
                .<ServerProcess>flatMap(processes -> processes)
                .toList();
    }
}
