package io.memsession.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What knows the addresses of a host's name. It is asked again at each connection, as a name may move. */
@FunctionalInterface
public interface HostResolver {

    /**
     * The machine's own. The JVM remembers what it told, for 30 s unless its security property
     * {@code networkaddress.cache.ttl} says otherwise.
     */
    HostResolver SYSTEM = InetAddress::getAllByName;

    /** All addresses, in any order. */
    InetAddress[] resolve(String host) throws UnknownHostException;

    /**
     * All addresses, always in the same order, as app servers that are told them in different orders must not go to
     * different servers: IPv4 first, as Java itself has it.
     */
    default List<InetAddress> ordered(String host) throws UnknownHostException {
        return Arrays.stream(resolve(host))
                .sorted(Comparator.<InetAddress>comparingInt(address -> address.getAddress().length)
                        .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned))
                .toList();
    }
}
