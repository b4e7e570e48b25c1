package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
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
    void makeAHistogramWhoseRowsGrowUntilTheyCountAll() {
        IntStream.rangeClosed(1, 100).forEach(millis -> percentiles.add(Duration.ofMillis(millis)));
        percentiles.add(Duration.ofMinutes(1));
        TabularData histogram = percentiles.histogram().data();
        double[][] rows = histogram.values().stream()
                .map(CompositeData.class::cast)
                .map(row -> new double[] {
                    row.get("le").equals("+Inf")
                            ? Double.POSITIVE_INFINITY
                            : Double.parseDouble((String) row.get("le")),
                    (Long) row.get("count")
                })
                .sorted(Comparator.comparingDouble(row -> row[0]))
                .toArray(double[][]::new);
        assertThat(rows.length).isEqualTo(19);
        for (double[] row : rows) {
            double inTime = Math.min(100, Math.floor(row[0] * 1000));
            assertThat(row[1]).isBetween(inTime * 0.75, row[0] > 60 ? 101 : inTime * 1.25 + 1);
        }
        assertThat(rows[18]).containsExactly(Double.POSITIVE_INFINITY, 101);
        assertThat(percentiles.sums()).containsExactly(101L, 65_050_000_000L);
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
