package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundWritesTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final BackgroundWrites writes = new BackgroundWrites();
    private final CompletableFuture<Boolean> write = new CompletableFuture<>();

    @BeforeEach
    void underWay() {
        writes.add(write);
    }

    @Test
    void waitsForWhatIsUnderWay() {
        ForkJoinPool.commonPool().execute(() -> write.complete(true));
        writes.await(LONG);
        assertThat(write).isDone();
    }

    @Test
    void waitsForNoneThatFailed() {
        ForkJoinPool.commonPool().execute(() -> write.completeExceptionally(new IllegalStateException("lost")));
        writes.await(LONG);
        assertThat(write).isCompletedExceptionally();
    }

    @Test
    void waitsNoLongerThanThat() {
        writes.await(Duration.ofMillis(1));
        assertThat(write).isNotDone();
    }

    @Test
    void waitsThoughInterrupted() {
        Thread self = Thread.currentThread();
        ForkJoinPool.commonPool().execute(() -> {
            while (self.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            write.complete(true);
        });
        self.interrupt();
        writes.await(LONG);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(write).isDone();
    }
}
