package io.memsession.spring;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memsession.store.InMemoryNode;
import io.memsession.store.InMemoryServer;
import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.UuidSessionIdGenerator;

/** An app server whose clock is not the one that the others agreed on. */
class DifferingClockTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private final Stores stores = new Stores();
    private SessionStore store;
    private MemcachedSessionRepository repository;

    private void agreeOn(Duration ahead) {
        for (InMemoryServer server : List.of(stores.n1, stores.n2)) {
            InMemoryNode node = new InMemoryNode("n", server);
            node.probe().join();
            byte[] told = String.valueOf(ahead.toMillis()).getBytes(US_ASCII);
            node.set("memsession:shop:clock", told, Duration.ZERO).join();
        }
        store = stores.open();
        repository = new MemcachedSessionRepository(store, UuidSessionIdGenerator.getInstance(), TEN_SECONDS);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private MemcachedSession found(String id) {
        return Objects.requireNonNull(repository.findById(id), "no session");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, -30})
    void anAccessNotedByThisMachinesClockCountsByTheAgreedOne(int seconds) {
        agreeOn(Duration.ofSeconds(seconds));
        MemcachedSession made = repository.createSession();
        repository.save(made);

        MemcachedSession session = found(made.getId());
        session.setLastAccessedTime(Instant.now()); // as Spring Session's filter does
        repository.save(session);

        assertThat(found(made.getId()).getLastAccessedTime())
                .isCloseTo(Instant.now().plusSeconds(seconds), within(3, ChronoUnit.SECONDS));
    }
}
