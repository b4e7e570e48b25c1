package io.memsession.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Which nodes others than this machine can reach, as far as their addresses tell. */
final class Exposure {
    private Exposure() {}

    /** The nodes that are not on the loopback interface. A name that cannot be resolved counts as not being there. */
    static List<String> nodes(List<NodeAddress> nodes) {
        return nodes.stream()
                .filter(node -> !onLoopback(node.host()))
                .map(NodeAddress::toString)
                .toList();
    }

    private static boolean onLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
