package io.memsession.store;

import java.util.List;
import java.util.Set;
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
        return homes.answered(held, Set.of());
    }

    /** The record if the session lives under this id. */
    @Nullable
    SessionRecord live() {
        return record != null && record.live() ? record : null;
    }
}
