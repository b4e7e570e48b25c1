package io.memsession.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private final Latencies latencies = new Latencies();

    @Test
    void tellsPercentilesWithinFivePerCent() {
        for (int millis = 1; millis <= 1000; millis++) {
            latencies.add(millis * 1000L);
        }

        assertThat(latencies.percentile(0.5)).isCloseTo(500, withinPercentage(5));
        assertThat(latencies.percentile(0.99)).isCloseTo(990, withinPercentage(5));
        assertThat(latencies.percentile(1)).isEqualTo(1000);
        assertThat(latencies.longest()).isEqualTo(1000);
    }

    @Test
    void countsWhatIsShorterAndLongerThanAllClasses() {
        latencies.add(0);
        latencies.add(1_000_000_000);

        assertThat(latencies.total()).isEqualTo(2);
        assertThat(latencies.percentile(1)).isGreaterThan(100_000);
    }
}
