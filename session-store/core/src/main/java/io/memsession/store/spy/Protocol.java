package io.memsession.store.spy;

/** The protocol that is spoken with memcached. */
public enum Protocol {
    /** The binary protocol: the default, and the faster one here; it also tells the token of what was just written. */
    BINARY,
    /** The text protocol, for proxies that know nothing else. */
    TEXT
}
