package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class BackgroundWritesTest {
    private final BackgroundWrites writes = new BackgroundWrites();

    @Test
    void waitsForWhatIsUnderWay() {
        CompletableFuture<Boolean> write = new CompletableFuture<>();
        writes.add(write);
        ForkJoinPool.commonPool().execute(() -> write.complete(true));
        writes.await(Duration.ofMinutes(1));
        assertThat(write).isDone();
    }

    @Test
    void waitsForNoneThatFailed() {
        CompletableFuture<Boolean> write = new CompletableFuture<>();
        writes.add(write);
        ForkJoinPool.commonPool().execute(() -> write.completeExceptionally(new IllegalStateException("lost")));
        writes.await(Duration.ofMinutes(1));
        assertThat(write).isCompletedExceptionally();
    }

    @Test
    void waitsNoLongerThanThat() {
        CompletableFuture<Boolean> write = new CompletableFuture<>();
        writes.add(write);
        writes.await(Duration.ofMillis(1));
        assertThat(write).isNotDone();
    }
}
