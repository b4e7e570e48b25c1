package io.memsession.spring;

import io.memsession.store.Membership;
import io.memsession.store.NodeAddress;
import java.util.List;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where memcached servers are. An application may give its own; Docker Compose and Testcontainers give one for each of
 * their containers, and all of those together are the nodes.
 */
@FunctionalInterface
public interface MemcachedConnectionDetails extends ConnectionDetails {

    /** The servers, in the order that decides homes. */
    List<NodeAddress> nodes();

    /** Who says which servers there are: these details themselves, unless an address is to be asked. */
    default Membership membership() {
        return Membership.named(nodes());
    }
}
