package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Duration OPERATION = Duration.ofMillis(250);
    private final Expiry expiry = new Expiry(OPERATION, null);

    @Test
    void aSessionOutlivesItsTimeoutByTwiceThePrecision() {
        SessionRecord record = record(Duration.ofMinutes(30), 1_000);
        assertThat(Expiry.deadline(record)).isEqualTo(1_000 + 30 * 60_000 + 2 * 60_000);
    }

    @Test
    void thePrecisionOfAShortTimeoutIsATenthOfIt() {
        SessionRecord record = record(Duration.ofSeconds(10), 0);
        assertThat(Expiry.deadline(record)).isEqualTo(12_000);
        assertThat(Expiry.accessDue(record, 1_000)).isFalse();
        assertThat(Expiry.accessDue(record, 1_001)).isTrue();
        assertThat(Expiry.accessOverdue(record, 2_000)).isFalse();
        assertThat(Expiry.accessOverdue(record, 2_001)).isTrue();
    }

    @Test
    void aPrecisionOfZeroWritesEveryAccess() {
        Expiry exact = new Expiry(OPERATION, Duration.ZERO);
        SessionRecord record =
                new Delta(0, 0, exact.timeout(Duration.ofSeconds(10)), null, new TreeMap<>()).at(new Stamp(1, 1), null);
        assertThat(Expiry.accessOverdue(record, 1)).isTrue();
        assertThat(Expiry.deadline(record)).isEqualTo(10_000);
    }

    @Test
    void aNegativeTimeoutNeverEnds() {
        SessionRecord record = record(Duration.ofSeconds(-5), 0);
        assertThat(Expiry.deadline(record)).isEqualTo(Long.MAX_VALUE);
        assertThat(expiry.ttl(record, 0)).isEqualTo(Duration.ZERO);
        assertThat(expiry.ttl(record.end(), 0)).isEqualTo(Duration.ofDays(30));
        assertThat(Expiry.accessDue(record, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void aNodeKeepsARecordForAsLongAsItsExpiryCanBeTold() {
        SessionRecord record = record(Duration.ofSeconds(100), 0);
        assertThat(expiry.ttl(record, 20_000)).isBetween(Duration.ofSeconds(402), Duration.ofSeconds(404));
        assertThat(expiry.ttl(record, 500_000)).isPositive();
    }

    @Test
    void aTombstoneOutlivesEveryStaleCopy() {
        SessionRecord record = record(Duration.ofSeconds(100), 0);
        assertThat(expiry.ttl(record.end(), 0)).isGreaterThan(expiry.ttl(record, 0));
    }

    @Test
    void aTimeoutTooLongToCountNeverOverflows() {
        SessionRecord record = record(Duration.ofMillis(Long.MAX_VALUE), 1_000);
        assertThat(Expiry.deadline(record)).isEqualTo(Long.MAX_VALUE);
        assertThat(expiry.ttl(record, 0)).isPositive();
        assertThat(expiry.ttl(record.end(), 0)).isPositive();
    }

    private SessionRecord record(Duration timeout, long lastAccess) {
        return new Delta(0, lastAccess, expiry.timeout(timeout), null, new TreeMap<>()).at(new Stamp(1, 1), null);
    }
}
