package io.memsession.e2e;

import java.util.List;

/** A server that sessions are kept in: a node, as the app servers know it. */
public abstract class NodeProcess extends ServerProcess {

    NodeProcess(Slot slot) {
        super(slot);
    }

    /** The address as it stands in {@code memcachedNodes}, such as {@code n1:127.0.0.1:11211}. */
    public abstract String address();

    /** One of the numbers that memcached's {@code stats} tells, or what comes nearest; 0 if there is none. */
    public abstract long stat(String statistic);

    /** The keys that it holds. */
    public abstract List<String> keys();

    /** What it holds under a key whose value is a line of text; empty if there is nothing. */
    public abstract String text(String key);
}
