package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeftoversTest {
    private static final long MINUTE = 60_000;

    private final Leftovers leftovers = new Leftovers();

    @Test
    void areDueAMinuteAfterTheirEndAndOnlyOnce() {
        leftovers.wrote("a", 1000);
        leftovers.wrote("b", 5 * MINUTE);

        assertThat(leftovers.due(MINUTE)).isEmpty();
        assertThat(leftovers.due(2 * MINUTE)).containsExactly("a");
        assertThat(leftovers.due(3 * MINUTE)).isEmpty();
        assertThat(leftovers.due(7 * MINUTE)).containsExactly("b");
    }

    @Test
    void areNotDueWhereALaterValueLivesLongerOrForEver() {
        leftovers.wrote("a", 1000);
        leftovers.wrote("b", 1000);
        leftovers.wrote("a", 10 * MINUTE);
        leftovers.wrote("b", Long.MAX_VALUE);

        assertThat(leftovers.due(5 * MINUTE)).isEmpty();
        assertThat(leftovers.due(12 * MINUTE)).containsExactly("a");
    }

    @Test
    void areLookedForNowAndThenOnly() {
        leftovers.wrote("a", 0);
        assertThat(leftovers.due(MINUTE)).isEmpty();
        assertThat(leftovers.due(MINUTE + 2)).as("somebody looked 2 ms ago").isEmpty();
        assertThat(leftovers.due(MINUTE + 5_000)).containsExactly("a");
    }
}
