package io.memsession.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one home's copy: which one it keeps, or that it keeps none.
 *
 * @param node the home
 * @param token the token of the copy it keeps; null if it keeps none; {@link #UNKNOWN} if it keeps one that was not
 *     seen
 */
record Held(WatchedNode node, @Nullable CasToken token) {
    /** A token of no connection: no node takes it, so that whoever shows it has to read first. */
    static final CasToken UNKNOWN = new CasToken(0, -1);

    /** What is known of that node's copy. */
    static Held in(List<Held> known, WatchedNode node) {
        return known.stream().filter(held -> held.node() == node).findFirst().orElseGet(() -> new Held(node, UNKNOWN));
    }

    static Held after(WatchedNode node, Written written) {
        return new Held(node, written.token() == null ? UNKNOWN : written.token());
    }
}
