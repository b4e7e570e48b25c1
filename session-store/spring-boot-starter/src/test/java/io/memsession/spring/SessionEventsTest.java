package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.UuidSessionIdGenerator;
import org.springframework.session.events.AbstractSessionEvent;
import org.springframework.session.events.SessionCreatedEvent;
import org.springframework.session.events.SessionDeletedEvent;
import org.springframework.session.events.SessionExpiredEvent;

/** Statements 48 to 53: what is published of sessions that begin and end, on two app servers. */
class SessionEventsTest {
    private static final Duration IN_TIME = Duration.ofSeconds(5);

    private final Stores stores = new Stores();
    private final SessionStore store1 = stores.open();
    private final SessionStore store2 = stores.open();
    private final List<AbstractSessionEvent> events = new CopyOnWriteArrayList<>();
    private final MemcachedSessionRepository one = repository(store1);
    private final MemcachedSessionRepository two = repository(store2);

    private MemcachedSessionRepository repository(SessionStore store) {
        MemcachedSessionRepository repository =
                new MemcachedSessionRepository(store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30));
        repository.setApplicationEventPublisher(event -> events.add((AbstractSessionEvent) event));
        return repository;
    }

    @AfterEach
    void close() {
        store1.close();
        store2.close();
    }

    private MemcachedSession saved(Duration timeout) {
        MemcachedSession session = one.createSession();
        session.setMaxInactiveInterval(timeout);
        session.setAttribute("cart", "tea");
        one.save(session);
        return session;
    }

    @Test
    void statement48AFirstSaveIsACreationWithTheRepositoryAsSource() {
        MemcachedSession session = saved(Duration.ofMinutes(1));
        one.save(session);
        session.setAttribute("cart", "cocoa");
        one.save(session);

        assertThat(events).singleElement().isInstanceOfSatisfying(SessionCreatedEvent.class, event -> {
            assertThat(event.getSessionId()).isEqualTo(session.getId());
            assertThat(event.getSource()).isSameAs(one);
        });
    }

    @Test
    void statement49ARenameIsNoEvent() {
        MemcachedSession session = saved(Duration.ofMinutes(1));
        events.clear();
        session.changeSessionId();
        one.save(session);
        assertThat(events).isEmpty();
    }

    @Test
    void statement51ADeletionCarriesTheAttributes() {
        MemcachedSession session = saved(Duration.ofMinutes(1));
        events.clear();
        two.deleteById(session.getId());
        one.deleteById(session.getId());

        assertThat(events).singleElement().isInstanceOfSatisfying(SessionDeletedEvent.class, event -> {
            assertThat(event.getSessionId()).isEqualTo(session.getId());
            assertThat(event.getSession().<String>getAttribute("cart")).isEqualTo("tea");
        });
    }

    @Test
    void statement51AnExpiryIsPublishedOnceInTimeWithTheAttributes() {
        MemcachedSession session = saved(Duration.ofSeconds(1));
        events.clear();

        await().atMost(Duration.ofMillis(1_200).plus(IN_TIME)).until(() -> !events.isEmpty());

        assertThat(events).singleElement().isInstanceOfSatisfying(SessionExpiredEvent.class, event -> {
            assertThat(event.getSessionId()).isEqualTo(session.getId());
            assertThat(event.getSession().<String>getAttribute("cart")).isEqualTo("tea");
        });
        one.deleteById(session.getId());
        assertThat(two.findById(session.getId())).isNull();
        assertThat(events).hasSize(1);
    }

    @Test
    void statement52AnEventIsPublishedByOneAppServerOnly() {
        MemcachedSession session = saved(Duration.ofMinutes(1));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.getSource()).isSameAs(one));
        events.clear();
        two.deleteById(session.getId());
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.getSource()).isSameAs(two));
    }

    @Test
    void statement53AShorterIntervalMovesTheExpiry() {
        MemcachedSession session = saved(Duration.ofHours(1));
        events.clear();
        MemcachedSession found = Objects.requireNonNull(two.findById(session.getId()));
        found.setMaxInactiveInterval(Duration.ofMillis(500));
        two.save(found);

        await().atMost(Duration.ofMillis(600).plus(IN_TIME)).until(() -> !events.isEmpty());
        assertThat(events).singleElement().isInstanceOf(SessionExpiredEvent.class);
    }

    @Test
    void statement24ALastAccessInThePastIsAnExpiry() {
        MemcachedSession session = saved(Duration.ofHours(1));
        events.clear();
        session.setLastAccessedTime(Instant.now().minus(Duration.ofMinutes(61)));
        one.save(session);

        assertThat(two.findById(session.getId())).isNull();
        await().atMost(IN_TIME).until(() -> !events.isEmpty());
        assertThat(events).singleElement().isInstanceOf(SessionExpiredEvent.class);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() {
        one.setApplicationEventPublisher(event -> {
            throw new IllegalStateException("as the test wants");
        });
        MemcachedSession session = saved(Duration.ofMinutes(1));
        assertThat(two.findById(session.getId())).isNotNull();
    }
}
