package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final SimulatedTime time = new SimulatedTime();
    private final List<String> done = new ArrayList<>();
    private final List<Long> reports = new ArrayList<>();

    @Test
    void doesTheWorkForEveryKeyOnce() {
        CompletableFuture<Long> work = new Lanes(keys(100_000), 64, 1_000_000, time).run(this::work, reports::add);
        time.pass(Duration.ofMillis(200));
        assertThat(work).isCompletedWithValue(100_000L);
        assertThat(done).hasSize(100_000).doesNotHaveDuplicates();
    }

    @Test
    void doesNotMoreOfItASecondThanAllowed() {
        CompletableFuture<Long> work = new Lanes(keys(3_000), 8, 1_000, time).run(this::work, reports::add);
        time.pass(Duration.ofMillis(1_500));
        assertThat(done).hasSizeBetween(1_400, 1_600);
        time.pass(Duration.ofMillis(1_600));
        assertThat(work).isCompletedWithValue(3_000L);
        assertThat(reports).hasSize(2);
    }

    @Test
    void addsLanesWhereFewAreTooSlow() {
        int[] atOnce = new int[2];
        CompletableFuture<Long> work = new Lanes(keys(2_000), 16, 1_000, time)
                .run(
                        key -> {
                            atOnce[1] = Math.max(atOnce[1], ++atOnce[0]);
                            return time.pause(Duration.ofMillis(10)).thenRun(() -> {
                                atOnce[0]--;
                                done.add(key);
                            });
                        },
                        reports::add);
        time.pass(Duration.ofMillis(2_200));
        assertThat(work).isCompletedWithValue(2_000L); // four alone would take five seconds
        assertThat(done).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(atOnce[1]).isBetween(10, 16);
    }

    @Test
    void keepsToFewLanesWhereTheyAreFastEnough() {
        int[] atOnce = new int[2];
        CompletableFuture<Long> work = new Lanes(keys(2_000), 16, 1_000, time)
                .run(
                        key -> {
                            atOnce[1] = Math.max(atOnce[1], ++atOnce[0]);
                            return time.pause(Duration.ofMillis(1)).thenRun(() -> atOnce[0]--);
                        },
                        reports::add);
        time.pass(Duration.ofMillis(2_100));
        assertThat(work).isCompletedWithValue(2_000L);
        assertThat(atOnce[1]).isLessThanOrEqualTo(4);
    }

    @Test
    void isDoneAtOnceWithoutKeys() {
        assertThat(new Lanes(keys(0), 8, 1_000, time).run(this::work, reports::add))
                .isCompletedWithValue(0L);
    }

    @Test
    void endsWithTheFirstFailure() {
        CompletableFuture<Long> work = new Lanes(keys(100_000), 8, 1_000_000, time)
                .run(
                        key -> key.equals("key50")
                                ? CompletableFuture.failedFuture(new IllegalStateException("as the test wants"))
                                : time.pause(Duration.ofMillis(1)).thenRun(() -> done.add(key)),
                        reports::add);
        time.pass(Duration.ofSeconds(1));
        assertThat(work).isCompletedExceptionally();
        assertThat(done).hasSizeLessThan(100);
    }

    @Test
    void endsWithAFailureAlsoWhenItIsBehind() {
        CompletableFuture<Long> work = new Lanes(keys(100_000), 8, 1_000, time)
                .run(
                        key -> key.equals("key50")
                                ? CompletableFuture.failedFuture(new IllegalStateException("as the test wants"))
                                : time.pause(Duration.ofMillis(100)).thenRun(() -> done.add(key)),
                        reports::add);
        time.pass(Duration.ofSeconds(10));
        assertThat(work).isCompletedExceptionally();
        assertThat(done).hasSizeLessThan(100);
    }

    private CompletableFuture<Void> work(String key) {
        done.add(key);
        return CompletableFuture.completedFuture(null);
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "key" + i).toList();
    }
}
