package io.memsession.store;

/** The names of what the engine itself keeps among a session's attributes; hosts do not see them. */
final class Reserved {
    /** The names that the host looks the session up by, other than the principal: a map of strings. */
    static final String INDEXES = "memsession:indexes";

    /** A last access that was set back, see {@link SetBack}. */
    static final String SET_BACK = "memsession:access";

    /** All attributes of a session that is one graph, see {@link SessionGraphCodec}: a map by their names. */
    static final String GRAPH = "memsession:graph";

    /** The plain id where the key has its hash, see {@link KeptId}. */
    static final String ID = "memsession:id";

    private static final String PREFIX = "memsession:";

    private Reserved() {}

    static boolean is(String attribute) {
        return attribute.startsWith(PREFIX);
    }
}
