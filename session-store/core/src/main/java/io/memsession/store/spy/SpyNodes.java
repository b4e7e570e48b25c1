package io.memsession.store.spy;

import io.memsession.store.HostResolver;
import io.memsession.store.MemcachedNode;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeConnector;
import io.memsession.store.line.Line;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Nodes that are memcacheds. All instances in this JVM share their connections: one for each address, protocol, timeout
 * and line, closed when the last node that uses it is.
 */
public final class SpyNodes implements NodeConnector {
    private static final Map<Link.Target, Shared> LINKS = new HashMap<>();

    static {
        QuietLogger.install();
    }

    private final Protocol protocol;
    private final Duration operationTimeout;
    private final int maxValueSize;
    private final InstantSource clock;
    private final HostResolver resolver;
    private final Line line;

    /**
     * What makes nodes.
     *
     * @param operationTimeout how long connecting may take, and the greeting after it; a question that could not be
     *     sent for that long is dropped unsent
     * @param maxValueSize the largest value that is sent, in bytes. It must fit the server's item limit ({@code -I}, 1
     *     MiB by default, with about 60 bytes and the key to spare): a compare-and-set in the binary protocol that
     *     memcached finds too large also removes the copy that is there.
     * @param clock tells the time for expiries that memcached takes as a date
     */
    public SpyNodes(Protocol protocol, Duration operationTimeout, int maxValueSize, InstantSource clock) {
        this(protocol, operationTimeout, maxValueSize, clock, Line.PLAIN);
    }

    /**
     * The same for nodes that are reached in another way.
     *
     * @param line how they are reached
     */
    public SpyNodes(Protocol protocol, Duration operationTimeout, int maxValueSize, InstantSource clock, Line line) {
        this(protocol, operationTimeout, maxValueSize, clock, line, HostResolver.SYSTEM);
    }

    /** The same, with names that are resolved in another way. */
    SpyNodes(
            Protocol protocol,
            Duration operationTimeout,
            int maxValueSize,
            InstantSource clock,
            Line line,
            HostResolver resolver) {
        this.resolver = resolver;
        this.line = line;
        this.protocol = protocol;
        this.operationTimeout = operationTimeout;
        this.maxValueSize = maxValueSize;
        this.clock = clock;
    }

    @Override
    public MemcachedNode node(NodeAddress address) {
        return node(new Link.Target(address, protocol, operationTimeout, false, resolver, line));
    }

    @Override
    public MemcachedNode opaque(NodeAddress address) {
        return node(new Link.Target(address, protocol, operationTimeout, true, resolver, line));
    }

    private MemcachedNode node(Link.Target target) {
        Link link = take(target);
        return new SpyNode(target.address(), link, operationTimeout, maxValueSize, clock, () -> release(target));
    }

    private static Link take(Link.Target target) {
        synchronized (LINKS) {
            Shared shared = LINKS.computeIfAbsent(target, t -> new Shared(new Link(t)));
            shared.users++;
            return shared.link;
        }
    }

    private static void release(Link.Target target) {
        Link unused = null;
        synchronized (LINKS) {
            Shared shared = LINKS.get(target);
            if (shared != null && --shared.users == 0) {
                LINKS.remove(target);
                unused = shared.link;
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    private static final class Shared {
        private final Link link;
        private int users;

        Shared(Link link) {
            this.link = link;
        }
    }
}
