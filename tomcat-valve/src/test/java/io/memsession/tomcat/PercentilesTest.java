package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PercentilesTest {
    private final Percentiles percentiles = new Percentiles();

    @Test
    void msmWhatThreadsCountAtOnceAddsUp() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        CountDownLatch together = new CountDownLatch(4);
        try {
            List<CompletableFuture<Void>> counting = IntStream.range(0, 4)
                    .mapToObj(thread -> CompletableFuture.runAsync(() -> count(together), threads))
                    .toList();
            counting.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
        assertThat(percentiles.count()).isEqualTo(2_000_000);
    }

    private void count(CountDownLatch together) {
        together.countDown();
        while (together.getCount() > 0) {
            Thread.onSpinWait();
        }
        IntStream.range(0, 500_000).forEach(i -> percentiles.add(Duration.ofMillis(1)));
    }

    @Test
    void areWithinAQuarterOfWhatWasMeasured() {
        IntStream.rangeClosed(1, 100).forEach(millis -> percentiles.add(Duration.ofMillis(millis)));
        assertThat(percentiles.millis(0.5)).isCloseTo(50, Percentage.withPercentage(25));
        assertThat(percentiles.millis(0.99)).isCloseTo(99, Percentage.withPercentage(25));
        assertThat(percentiles.millis(1)).isCloseTo(100, within(25.0));
        assertThat(new Percentiles().millis(0.5)).isZero();
    }
}
