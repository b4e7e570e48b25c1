package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutageTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong refused = new AtomicLong();
    private final Outage outage = new Outage(now::get, lines::add, refused::incrementAndGet);

    @Test
    void saysItOnceAndThenSumsUp() {
        for (int i = 0; i < 100; i++) {
            outage.met(new StoreUnavailableException("session a… is unavailable"));
        }
        assertThat(refused).hasValue(100);
        assertThat(lines).hasSize(1).first().asString().startsWith("session a… is unavailable; ");

        now.addAndGet(Duration.ofSeconds(11).toNanos());
        outage.met(new StoreUnavailableException("session b… is unavailable"));
        assertThat(lines).hasSize(2).last().asString().contains("session b…", "as were 99 since");
    }
}
