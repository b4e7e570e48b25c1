package io.memsession.e2e;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a process runs.
 *
 * @param address where it is reached from here
 * @param listens the address that it is told to listen on
 * @param words what stands before its command, so that it is started there
 */
record Place(String address, String listens, List<String> words) {

    /** This machine, for nobody else to reach. */
    static final Place HERE = new Place("127.0.0.1", "127.0.0.1", List.of());

    /** The command that starts this one there. */
    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(words);
        whole.addAll(command);
        return whole;
    }

    /** One of its TCP ports, as it is reached from here. */
    InetSocketAddress socket(int port) {
        return new InetSocketAddress(address, port);
    }
}
