package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final SimulatedTime time = new SimulatedTime();
    private final List<String> done = new ArrayList<>();
    private final List<Long> reports = new ArrayList<>();
    private int atOnce;
    private int mostAtOnce;

    @Test
    void doesTheWorkForEveryKeyOnce() {
        CompletableFuture<Long> work = new Batches(keys(100_000), 64, 1_000_000, time).run(this::work, reports::add);
        time.pass(Duration.ofMillis(200));
        assertThat(work).isCompletedWithValue(100_000L);
        assertThat(done).hasSize(100_000).doesNotHaveDuplicates();
    }

    @Test
    void doesNotMoreOfItASecondThanAllowed() {
        CompletableFuture<Long> work = new Batches(keys(3_000), 8, 1_000, time).run(this::work, reports::add);
        time.pass(Duration.ofMillis(1_500));
        assertThat(done).hasSizeBetween(1_400, 1_600);
        time.pass(Duration.ofMillis(1_600));
        assertThat(work).isCompletedWithValue(3_000L);
        assertThat(reports).hasSize(2);
    }

    @Test
    void worksOnAsManyAtOnceAsItTakesToKeepThePace() {
        CompletableFuture<Long> work = new Batches(keys(2_000), 16, 1_000, time).run(slow(10), reports::add);
        time.pass(Duration.ofMillis(2_100));
        assertThat(work).isCompletedWithValue(2_000L);
        assertThat(done).hasSize(2_000).doesNotHaveDuplicates();
        assertThat(mostAtOnce).isBetween(10, 12);
    }

    @Test
    void worksOnNoMoreAtOnceThanAllowed() {
        CompletableFuture<Long> work = new Batches(keys(2_000), 4, 1_000, time).run(slow(10), reports::add);
        time.pass(Duration.ofMillis(2_100));
        assertThat(work).isNotDone();
        time.pass(Duration.ofSeconds(4));
        assertThat(work).isCompletedWithValue(2_000L);
        assertThat(mostAtOnce).isEqualTo(4);
    }

    @Test
    void doesNotMakeUpForALongDelay() {
        CompletableFuture<Long> work = new Batches(keys(10_000), 1_000, 1_000, time)
                .run(
                        key -> {
                            done.add(key);
                            return done.size() == 100 ? stall() : CompletableFuture.completedFuture(null);
                        },
                        reports::add);
        time.pass(Duration.ofMillis(100)); // which take a second more
        int before = done.size();
        time.pass(Duration.ofSeconds(2));
        assertThat(done.size() - before).isBetween(2_000, 2_100);
        assertThat(work).isNotDone();
    }

    @Test
    void catchesUpAtTwiceThePace() {
        CompletableFuture<Long> work = new Batches(keys(10_000), 1_000, 10_000, time).run(this::work, reports::add);
        time.pass(Duration.ofMillis(10));
        time.jump(Duration.ofMillis(30));
        int before = done.size();
        time.pass(Duration.ofMillis(10));
        assertThat(done.size() - before).isBetween(200, 240);
        time.pass(Duration.ofMillis(50));
        assertThat(done.size() - before).as("caught up").isBetween(890, 910);
        assertThat(work).isNotDone();
    }

    private CompletableFuture<Void> stall() {
        time.jump(Duration.ofSeconds(1));
        return CompletableFuture.completedFuture(null);
    }

    private Function<String, CompletableFuture<Void>> slow(int millis) {
        return key -> {
            mostAtOnce = Math.max(mostAtOnce, ++atOnce);
            return time.pause(Duration.ofMillis(millis)).thenRun(() -> {
                atOnce--;
                done.add(key);
            });
        };
    }

    @Test
    void isDoneAtOnceWithoutKeys() {
        assertThat(new Batches(keys(0), 8, 1_000, time).run(this::work, reports::add))
                .isCompletedWithValue(0L);
    }

    @Test
    void endsWithTheFirstFailure() {
        CompletableFuture<Long> work = new Batches(keys(100_000), 8, 1_000_000, time)
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
        CompletableFuture<Long> work = new Batches(keys(100_000), 8, 1_000, time)
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
