package io.memsession.store;

/** What makes nodes of addresses: the one place where the engine learns which protocol is spoken. */
@FunctionalInterface
public interface NodeConnector {

    /** The node at that address, not yet connected: its first {@link MemcachedNode#probe} connects. */
    MemcachedNode node(NodeAddress address);

    /** The same for an address that anything may be behind: what it can do is found out at each connection. */
    default MemcachedNode opaque(NodeAddress address) {
        return node(address);
    }
}
