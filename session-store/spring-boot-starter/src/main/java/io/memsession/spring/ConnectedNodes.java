package io.memsession.spring;

import io.memsession.store.Membership;
import io.memsession.store.NodeAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes of all connection details. */
final class ConnectedNodes {
    private ConnectedNodes() {}

    /** Those of all together; or where one of them has an address that is to be asked, that alone. */
    static Membership of(List<MemcachedConnectionDetails> details) {
        return details.stream()
                .map(MemcachedConnectionDetails::membership)
                .filter(membership -> membership.kind() != Membership.Kind.NAMED)
                .findFirst()
                .orElseGet(() -> Membership.named(named(details)));
    }

    /** All of them, in that order; an id that stands there twice gives way to a number. */
    private static List<NodeAddress> named(List<MemcachedConnectionDetails> details) {
        List<NodeAddress> nodes = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (MemcachedConnectionDetails each : details) {
            for (NodeAddress node : each.nodes()) {
                String id = ids.contains(node.id()) ? free(ids) : node.id();
                ids.add(id);
                nodes.add(node.withId(id));
            }
        }
        return List.copyOf(nodes);
    }

    private static String free(Set<String> taken) {
        int number = taken.size() + 1;
        while (taken.contains("n" + number)) {
            number++;
        }
        return "n" + number;
    }
}
