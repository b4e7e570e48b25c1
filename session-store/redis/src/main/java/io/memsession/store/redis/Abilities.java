package io.memsession.store.redis;

/**
 * What a server can do, as far as sessions need it and can do without.
 *
 * @param version which Redis it says that it is; empty if it does not say
 * @param counts whether it tells statistics of itself
 * @param listsKeys whether it lists its keys
 */
record Abilities(String version, boolean counts, boolean listsKeys) {
    static final Abilities ALL = new Abilities("", true, true);

    /** What was found, and what is not promised for it, as a sentence. */
    String inWords() {
        return (version.isEmpty() ? "a Redis that does not say its version" : "Redis " + version)
                + "; no second copy of a session is kept from here"
                + (listsKeys ? "" : "; it cannot list its keys: the sessions of all servers cannot be listed");
    }
}
