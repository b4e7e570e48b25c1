package io.memsession.store.spy;

import io.memsession.store.Copy;
import io.memsession.store.Written;
import java.util.Map;
import java.util.Optional;

/** A protocol as questions: one per operation, each able to read its own answer. */
interface Dialect {

    /** Asks for the copy under a key. */
    Exchange<Optional<Copy>> get(Peer peer, String key);

    /** Keeps a value where there is none; the expiry as {@link Expiry} writes it. */
    Exchange<Written> add(Peer peer, String key, byte[] value, int expiry);

    /** Keeps a value, whatever was kept before. */
    Exchange<Written> set(Peer peer, String key, byte[] value, int expiry);

    /** Replaces the copy that has this CAS id. */
    Exchange<Written> compareAndSet(Peer peer, String key, long casId, byte[] value, int expiry);

    /** Asks for one of the server's tables of statistics; the general one has no name. */
    Exchange<Map<String, String>> statistics(Peer peer, String group);

    /** Asks for the server's version: the cheapest question, and one that no server counts as a command. */
    Exchange<String> version(Peer peer);
}
