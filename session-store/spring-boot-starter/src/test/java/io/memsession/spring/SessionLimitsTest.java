package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.UuidSessionIdGenerator;

/** Limits to a session's life beyond going without an access. */
class SessionLimitsTest {
    private static final Duration USUAL = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofMinutes(5);

    private final SessionStore store = new Stores().open();

    @AfterEach
    void close() {
        store.close();
    }

    private MemcachedSessionRepository repository(SessionLimits limits) {
        return new MemcachedSessionRepository(
                store, UuidSessionIdGenerator.getInstance(), USUAL, new CurrentRequest(), limits);
    }

    @Test
    void aSessionHasAShortTimeoutUntilSomebodyLogsIn() {
        MemcachedSessionRepository repository = repository(new SessionLimits(null, SHORT));
        MemcachedSession session = repository.createSession();
        repository.save(session);
        assertThat(session.getMaxInactiveInterval()).isEqualTo(SHORT);

        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada");
        repository.save(session);

        assertThat(Objects.requireNonNull(repository.findById(session.getId())).getMaxInactiveInterval())
                .isEqualTo(USUAL);
    }

    @Test
    void aTimeoutOfTheApplicationsOwnStays() {
        MemcachedSessionRepository repository = repository(new SessionLimits(null, SHORT));
        MemcachedSession session = repository.createSession();
        session.setMaxInactiveInterval(Duration.ofDays(30));
        session.setAttribute(FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME, "ada");
        repository.save(session);
        assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void aBusySessionEndsWithItsLifetime() {
        MemcachedSessionRepository endless = repository(SessionLimits.NONE);
        MemcachedSession session = endless.createSession();
        endless.save(session);

        assertThat(repository(new SessionLimits(Duration.ofHours(1), null)).findById(session.getId()))
                .isNotNull();
        assertThat(repository(new SessionLimits(Duration.ofNanos(1), null)).findById(session.getId()))
                .isNull();
        assertThat(endless.findById(session.getId())).isNull();
    }
}
