package io.memsession.store;

import org.jspecify.annotations.Nullable;

/**
 * A node's answer to a write.
 *
 * @param outcome whether the node took it
 * @param token the token of the copy now kept, if the node took it and its protocol tells (memcached's binary one does)
 */
public record Written(Outcome outcome, @Nullable CasToken token) {

    /** Whether a node took a write. */
    public enum Outcome {
        /** The node keeps the value. */
        STORED,
        /** The node keeps another copy than the one that was seen. */
        OUTDATED,
        /** The node keeps no copy of what was to be replaced. */
        GONE
    }

    /** The answer that refuses a write because another copy is there. */
    public static final Written OUTDATED = new Written(Outcome.OUTDATED, null);

    /** The answer that refuses a write because no copy is there. */
    public static final Written GONE = new Written(Outcome.GONE, null);

    /** Whether the node keeps the value. */
    public boolean stored() {
        return outcome == Outcome.STORED;
    }
}
