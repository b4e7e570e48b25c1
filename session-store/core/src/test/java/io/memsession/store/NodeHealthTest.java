package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeHealthTest {
    private final NodeHealth health = new NodeHealth(3);

    @BeforeEach
    void up() {
        health.probed();
    }

    @Test
    void isDownUntilTheFirstProbe() {
        assertThat(new NodeHealth(3).up()).isFalse();
        assertThat(health.up()).isTrue();
    }

    @Test
    void goesDownAtOnceWhenUnreachable() {
        assertThat(health.lost(health.turn())).isTrue();
        assertThat(health.up()).isFalse();
    }

    @Test
    void goesDownAfterTheThirdTimeoutInARow() {
        assertThat(health.unanswered(health.turn())).isFalse();
        assertThat(health.unanswered(health.turn())).isFalse();
        assertThat(health.unanswered(health.turn())).isTrue();
    }

    @Test
    void anAnswerInBetweenBeginsTheRowAnew() {
        health.unanswered(health.turn());
        health.unanswered(health.turn());
        health.answered();
        assertThat(health.unanswered(health.turn())).isFalse();
        assertThat(health.up()).isTrue();
    }

    @Test
    void aNodeThatRefusesAWriteStillAnswers() {
        for (int i = 0; i < 10; i++) {
            health.refused();
        }
        assertThat(health.up()).isTrue();
    }

    @Test
    void manyQuestionsThatAreLateAtOnceCountAsOne() {
        long asked = health.turn();
        for (int i = 0; i < 10; i++) {
            assertThat(health.unanswered(asked)).isFalse();
        }
        assertThat(health.up()).isTrue();
    }

    @Test
    void aPollSentBeforeAFailureThatDoesNotCountTellsNothingEither() {
        long asked = health.turn();
        health.unanswered(asked);
        long sent = health.failures();
        health.unanswered(asked);
        assertThat(health.polled(true, sent)).isFalse();
    }

    @Test
    void aPollSentBeforeAWriteWasRefusedTellsNothing() {
        long sent = health.failures();
        health.refused();
        assertThat(health.polled(true, sent)).isFalse();
    }

    @Test
    void goesDownOnlyOnce() {
        long turn = health.turn();
        assertThat(health.lost(turn)).isTrue();
        assertThat(health.lost(turn)).isFalse();
    }

    @Test
    void failuresFromBeforeItWentDownAreOldNews() {
        long before = health.turn();
        health.lost(before);
        health.probed();
        assertThat(health.lost(before)).isFalse();
        assertThat(health.up()).isTrue();
    }

    @Test
    void mayBeUpSoonUntilTheFirstProbeFails() {
        health.lost(health.turn());
        assertThat(health.upSoon()).isTrue();
        health.stillDown();
        assertThat(health.upSoon()).isFalse();
        health.probed();
        assertThat(health.upSoon()).isTrue();
    }

    @Test
    void isCompleteOnceAPollFoundIt() {
        assertThat(health.complete()).isFalse();
        assertThat(health.polled(true, health.failures())).isTrue();
        assertThat(health.polled(true, health.failures())).as("news").isFalse();
        assertThat(health.complete()).isTrue();
    }

    @Test
    void aPollSentBeforeAFailureTellsNothing() {
        long sent = health.failures();
        health.unanswered(health.turn());
        assertThat(health.polled(true, sent)).isFalse();
        assertThat(health.complete()).isFalse();
    }

    @Test
    void isIncompleteWhenItComesBack() {
        health.polled(true, health.failures());
        health.lost(health.turn());
        health.probed();
        assertThat(health.complete()).isFalse();
    }

    @Test
    void comesUpOnlyOnce() {
        health.lost(health.turn());
        assertThat(health.probed()).isTrue();
        assertThat(health.probed()).isFalse();
    }
}
