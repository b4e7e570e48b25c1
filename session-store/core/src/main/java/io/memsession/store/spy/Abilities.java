package io.memsession.store.spy;

/**
 * What a server can do, as far as sessions need it.
 *
 * @param version what it says that it is; empty if it does not say
 * @param binary whether it speaks the binary protocol
 * @param comparesAndSets whether it hands out CAS ids and minds them
 * @param keepsTime whether it lets go of what is past its time
 * @param counts whether it tells statistics of itself
 * @param listsKeys whether it lists its keys
 */
record Abilities(
        String version, boolean binary, boolean comparesAndSets, boolean keepsTime, boolean counts, boolean listsKeys) {

    /** Those of a memcached of today. */
    static Abilities all(Protocol protocol) {
        return new Abilities("", protocol == Protocol.BINARY, true, true, true, true);
    }

    /** The same of one that lists no keys. */
    Abilities withoutKeys() {
        return new Abilities(version, binary, comparesAndSets, keepsTime, counts, false);
    }

    /** Whether nothing has to be done without. */
    boolean suffice() {
        return comparesAndSets && keepsTime;
    }

    /** What was found, and what is not promised for it, as a sentence. */
    String inWords() {
        StringBuilder words = new StringBuilder(version.isEmpty() ? "a server that does not say its version" : version)
                .append(binary ? ", binary protocol" : ", text protocol");
        words.append("; no second copy of a session is kept from here");
        if (!comparesAndSets) {
            words.append("; it cannot compare and set: of two requests that write a session in the same moment one may"
                    + " lose its change");
        }
        if (!keepsTime) {
            words.append("; it keeps everything for ever: sessions end by their own time, and what is left of them is"
                    + " deleted as long as this server runs");
        }
        if (!listsKeys) {
            words.append("; it cannot list its keys: the sessions of all servers cannot be listed");
        }
        return words.toString();
    }
}
