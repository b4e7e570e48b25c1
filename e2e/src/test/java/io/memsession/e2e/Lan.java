package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few machines on a network of their own: network namespaces (network_namespaces(7)), each with an address, joined by
 * a bridge that is in one too. This JVM has a cable to it. The namespaces have no names and belong to children, so all
 * of it is gone when those are, however this JVM ends.
 */
final class Lan {
    /** For tests of networks (RFC 2544): nobody has such an address. */
    private static final String RANGE = "198.18.";

    private static final String PREFIX = "/24";
    private static final AtomicInteger LANS = new AtomicInteger();
    private static final int OWN = 1;
    private static final int FIRST_MACHINE = 11;

    private final Children children;
    private final Layout layout;
    private final String net;
    private final Process bridge;
    private final Map<String, Machine> machines = new LinkedHashMap<>();

    /** A machine: what keeps its namespace, its number on the network, and its place for processes. */
    private record Machine(Process holder, int number, Place place) {}

    /** A network without machines, as root. */
    Lan(Children children, Layout layout) {
        this.children = children;
        this.layout = layout;
        int number = LANS.incrementAndGet();
        this.net = freeNet(number);
        this.bridge = namespace("bridge");
        in(bridge, "ip link add lan type bridge");
        in(bridge, "ip link set lan up");
        String leg = "msn" + ProcessHandle.current().pid() + "-" + number;
        run("ip link add " + leg + " type veth peer name port" + OWN + " netns " + bridge.pid());
        in(bridge, "ip link set port" + OWN + " master lan up");
        run("ip address add " + address(OWN) + PREFIX + " dev " + leg);
        run("ip link set " + leg + " up");
    }

    /** Why there can be no such network here; empty if there can. */
    static Optional<String> obstacle() {
        if (!Children.asRoot()) {
            return Optional.of("network namespaces need root");
        }
        try {
            run("unshare --net -- ip link add lan type bridge");
            run("unshare --net -- ip link add dev leg type veth peer name port");
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of("no network namespaces here: " + e.getMessage());
        }
    }

    /** One that no interface of this machine is in, nor was in before: connections to it may be kept still. */
    private static String freeNet(int number) {
        try {
            List<String> taken = new ArrayList<>();
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                each.inetAddresses().forEach(address -> taken.add(address.getHostAddress()));
            }
            for (int i = 0; i < 256; i++) {
                String candidate = RANGE + (ProcessHandle.current().pid() + number + i) % 256 + ".";
                if (taken.stream().noneMatch(address -> address.startsWith(candidate))) {
                    return candidate;
                }
            }
            throw new IllegalStateException("every network of " + RANGE + "0.0/16 is in use");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address with that number, also if no machine has it. */
    String address(int number) {
        return net + number;
    }

    /** The same, with its network's prefix. */
    String addressWithPrefix(int number) {
        return address(number) + PREFIX;
    }

    /** The machine of that name; plugs in a new one if there is none. */
    synchronized Place machine(String name) {
        return machines.computeIfAbsent(name, this::plugIn).place();
    }

    private Machine plugIn(String name) {
        int number = FIRST_MACHINE + machines.size();
        Process holder = namespace(name);
        String port = "port" + number;
        in(bridge, "ip link add " + port + " type veth peer name eth0 netns " + holder.pid());
        in(bridge, "ip link set " + port + " master lan up");
        in(holder, "ip link set lo up");
        in(holder, "ip address add " + addressWithPrefix(number) + " dev eth0");
        in(holder, "ip link set eth0 up");
        return new Machine(holder, number, new Place(address(number), "0.0.0.0", enter(holder)));
    }

    /** Pulls that machine's cable. */
    void unplug(String name) {
        in(bridge, "ip link set " + port(name) + " down");
    }

    /** Puts it in again. */
    void plug(String name) {
        in(bridge, "ip link set " + port(name) + " up");
    }

    /** Lets these machines reach everybody but each other, or all again. */
    void apart(List<String> names, boolean apart) {
        names.forEach(name -> in(bridge, "bridge link set dev " + port(name) + " isolated " + (apart ? "on" : "off")));
    }

    /** Whether that machine has this address more. */
    boolean has(String name, String address) {
        return !in(machine(name(name)).words(), "ip -oneline address show to " + address)
                .isBlank();
    }

    /** Takes an address away from that machine, as its end does. */
    void drop(String name, String addressWithPrefix) {
        in(machine(name).words(), "ip address del " + addressWithPrefix + " dev eth0");
    }

    private String port(String name) {
        Machine machine = machines.get(name(name));
        return "port" + (machine == null ? 0 : machine.number());
    }

    private String name(String name) {
        if (!machines.containsKey(name)) {
            throw new IllegalStateException("there is no machine " + name);
        }
        return name;
    }

    private Process namespace(String name) {
        Process holder = children.start(
                List.of("unshare", "--net", "--", "sleep", "infinity"), layout.root(), layout.log("lan-" + name));
        Path own = Path.of("/proc/self/ns/net");
        Path its = Path.of("/proc", String.valueOf(holder.pid()), "ns/net");
        await().ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> !Files.readSymbolicLink(its).equals(Files.readSymbolicLink(own)));
        return holder;
    }

    private static List<String> enter(Process holder) {
        return List.of("nsenter", "--net=/proc/" + holder.pid() + "/ns/net", "--");
    }

    private static void in(Process holder, String command) {
        in(enter(holder), command);
    }

    private static String in(List<String> words, String command) {
        return run(String.join(" ", words) + " " + command);
    }

    private static String run(String command) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.set(0, Children.program(words.get(0)));
        return Finished.run(words).successfully();
    }
}
