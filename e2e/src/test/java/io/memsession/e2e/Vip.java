package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The classic stack, every process on a machine of its own: nginx, two app servers, two memcacheds with keepalived and
 * the list of nodes beside each, and an address that moves between these two, which is all that the app servers know.
 */
final class Vip implements Site, AutoCloseable {
    private static final int NUMBER = 10;
    private static final int PORT = 11211;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Children children = new Children();
    private final Layout layout = Layout.ofThisRun();
    private final Lan lan = new Lan(children, layout);
    private final String group;
    private final Cluster cluster;
    private final List<KeepalivedProcess> keepaliveds = new ArrayList<>();
    private final List<DiscoveryProcess> lists = new ArrayList<>();

    /**
     * The stack, not yet started.
     *
     * @param preempt whether the address goes back to the first machine whenever that is well again
     */
    Vip(Host host, boolean preempt) {
        group = preempt ? "vip-preempt" : "vip";
        cluster = new Cluster(host, group, layout, children, wanted -> wanted, Plan.at(this));
        for (int i = 0; i < cluster.nodes().size(); i++) {
            MemcachedProcess node = cluster.memcacheds().get(i);
            keepaliveds.add(new KeepalivedProcess(slot("keepalived", node), variables(i), preempt));
            lists.add(new DiscoveryProcess(slot("discovery", node), node, cluster.memcacheds()));
        }
    }

    private Slot slot(String what, MemcachedProcess node) {
        return new Slot(children, layout, group, what + "-" + node.name(), place(node.name()), 0);
    }

    private Map<String, String> variables(int number) {
        String other = cluster.nodes().get(1 - number).name();
        return Map.of(
                "INTERFACE", "eth0",
                "ADDRESS", place(cluster.nodes().get(number).name()).address(),
                "PEER", place(other).address(),
                "VIP", lan.addressWithPrefix(NUMBER),
                "PRIORITY", String.valueOf(101 - number));
    }

    @Override
    public Place place(String process) {
        return lan.machine(process);
    }

    @Override
    public String discovery() {
        return "discover:" + lan.address(NUMBER) + ":" + PORT;
    }

    /** Starts everything and waits until one machine has the address and the app servers use both nodes. */
    void start() {
        cluster.nodes().forEach(ServerProcess::start);
        besides().forEach(ServerProcess::start);
        cluster.start();
        besides().forEach(ServerProcess::awaitUp);
        awaitOneHolder();
        Load.awaitThatBothNodesAreUsed(cluster);
        await().atMost(PATIENCE).until(cluster::isRepaired);
    }

    private List<ServerProcess> besides() {
        return Stream.<ServerProcess>concat(keepaliveds.stream(), lists.stream())
                .toList();
    }

    Cluster cluster() {
        return cluster;
    }

    /** The network. */
    Lan lan() {
        return lan;
    }

    KeepalivedProcess keepalived(int number) {
        return keepaliveds.get(number);
    }

    /** What tells each node the list. */
    List<DiscoveryProcess> lists() {
        return lists;
    }

    /** The number of the node whose machine has the address; there is one, and one only. */
    int holder() {
        awaitOneHolder();
        return holds(0) ? 0 : 1;
    }

    /** Whether the machine of that node has the address. */
    boolean holds(int number) {
        return lan.has(cluster.nodes().get(number).name(), lan.address(NUMBER));
    }

    /** Waits until the machine of that node has the address. */
    void awaitHolder(int number) {
        await().atMost(PATIENCE).until(() -> holds(number));
    }

    void awaitOneHolder() {
        await().atMost(PATIENCE).until(() -> holds(0) != holds(1));
    }

    /** Takes the address away from that node's machine, as switching it off does. */
    void drop(int number) {
        if (holds(number)) {
            lan.drop(cluster.nodes().get(number).name(), lan.addressWithPrefix(NUMBER));
        }
    }

    @Override
    public void close() {
        children.close();
    }
}
