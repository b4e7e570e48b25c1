package io.memsession.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a read found.
 *
 * @param record what all homes that answered know together; null if none keeps a copy
 * @param held what is known of the copy of each home that answered
 */
record Loaded(@Nullable SessionRecord record, List<Held> held) {

    /** Whether every home has what was found. */
    boolean heldByAll(Homes homes) {
        int homesThatHave = 0;
        for (Held each : held) {
            homesThatHave += homes.isHome(each.node()) ? 1 : 0;
        }
        return homesThatHave == homes.nodes().size();
    }

    /** The record if the session lives under this id. */
    @Nullable
    SessionRecord live() {
        return record != null && record.live() ? record : null;
    }
}
