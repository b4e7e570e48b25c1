package io.memsession.store.spy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final long NOW = 1_800_000_000L;
    private static final InstantSource CLOCK = () -> Instant.ofEpochSecond(NOW, 500);

    @Test
    void isNoneForZero() {
        assertThat(Expiry.of(Duration.ZERO, CLOCK)).isZero();
    }

    @Test
    void countsPartOfASecondAsAWholeOne() {
        assertThat(Expiry.of(Duration.ofNanos(1), CLOCK)).isEqualTo(1);
        assertThat(Expiry.of(Duration.ofSeconds(1), CLOCK)).isEqualTo(1);
        assertThat(Expiry.of(Duration.ofMillis(1001), CLOCK)).isEqualTo(2);
    }

    @Test
    void isADateBeyondThirtyDays() {
        assertThat(Expiry.of(Duration.ofDays(30), CLOCK)).isEqualTo(30 * 86_400);
        assertThat(Expiry.of(Duration.ofDays(30).plusNanos(1), CLOCK)).isEqualTo((int) NOW + 1 + 30 * 86_400 + 1);
    }

    @Test
    void endsWithTheLastDateThatFits() {
        assertThat(Expiry.of(Duration.ofDays(365_000), CLOCK)).isEqualTo(Integer.MAX_VALUE);
        assertThat(Expiry.of(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), CLOCK))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void isNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Expiry.of(Duration.ofNanos(-1), CLOCK));
    }
}
