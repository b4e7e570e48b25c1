package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class RetryTest {
    private final SimulatedTime time = new SimulatedTime();
    private final Random random = new Random(1);
    private int attempts;

    @Test
    void aWriteThatIsOvertakenForEverFails() {
        CompletableFuture<Void> write = overtaken(Retry.of(time, random));
        time.pass(Duration.ofSeconds(2));
        assertThat(write).isCompletedExceptionally();
        assertThat(write.handle((done, error) -> error).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("64 times");
        assertThat(attempts).isEqualTo(64);
    }

    /** In the simulation's schedule of seed 130777, 64 attempts were too few for one. */
    @Test
    void aRenameBearsFarMoreButNotForEver() {
        CompletableFuture<Void> rename = overtaken(Retry.ofRename(time, random));
        time.pass(Duration.ofSeconds(1));
        assertThat(rename).isNotDone();
        time.pass(Duration.ofSeconds(4));
        assertThat(rename).isCompletedExceptionally();
        assertThat(attempts).isEqualTo(256);
    }

    private CompletableFuture<Void> overtaken(Retry retry) {
        return retry.later(() -> {
            attempts++;
            return overtaken(retry);
        });
    }
}
