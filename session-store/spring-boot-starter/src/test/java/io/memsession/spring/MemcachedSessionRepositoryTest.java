package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.UuidSessionIdGenerator;

/** What Spring Session expects of a repository; no request is at hand, so nothing is remembered. */
class MemcachedSessionRepositoryTest {
    private final Stores stores = new Stores();
    private final SessionStore store = stores.open();
    private final MemcachedSessionRepository repository =
            new MemcachedSessionRepository(store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30));

    @AfterEach
    void close() {
        store.close();
    }

    private MemcachedSession saved(String name, Object value) {
        MemcachedSession session = repository.createSession();
        session.setAttribute(name, value);
        repository.save(session);
        return session;
    }

    private MemcachedSession found(String id) {
        return Objects.requireNonNull(repository.findById(id), "no session");
    }

    @Test
    void aNewSessionIsNotKeptBeforeItIsSaved() {
        MemcachedSession session = repository.createSession();

        assertThat(repository.findById(session.getId())).isNull();
        assertThat(session.getLastAccessedTime()).isEqualTo(session.getCreationTime());
        assertThat(session.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
        assertThat(session.isExpired()).isFalse();
    }

    @Test
    void whatIsSavedIsFoundAsAnotherObject() {
        MemcachedSession session = saved("list", new ArrayList<>(List.of("a")));

        MemcachedSession found = found(session.getId());

        assertThat(found).isNotSameAs(session);
        assertThat(found.<List<String>>getAttribute("list")).containsExactly("a");
        assertThat(found.<Object>getAttribute("list")).isNotSameAs(session.getAttribute("list"));
        assertThat(found.getCreationTime()).isEqualTo(session.getCreationTime().truncatedTo(ChronoUnit.MILLIS));
        assertThat(found.getLastAccessedTime()).isEqualTo(session.getLastAccessedTime());
        assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aChangeInPlaceIsKept() {
        MemcachedSession session = saved("list", new ArrayList<>(List.of("a")));

        MemcachedSession found = found(session.getId());
        found.<List<String>>getRequiredAttribute("list").add("b");
        repository.save(found);

        assertThat(found(session.getId()).<List<String>>getAttribute("list")).containsExactly("a", "b");
    }

    @Test
    void anAttributeSetToNullIsRemoved() {
        MemcachedSession session = saved("a", 1);

        session.setAttribute("a", null);
        assertThat(session.<Object>getAttribute("a")).isNull();
        assertThat(session.getAttributeNames()).isEmpty();
        repository.save(session);

        assertThat(found(session.getId()).getAttributeNames()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> session.getRequiredAttribute("a"));
        assertThat(session.getAttributeOrDefault("a", "other")).isEqualTo("other");
    }

    @Test
    void namesMayBeRemovedWhileTheyAreGoneThrough() {
        MemcachedSession session = saved("a", 1);
        session.setAttribute("b", 2);

        session.getAttributeNames().forEach(session::removeAttribute);

        assertThat(session.getAttributeNames()).isEmpty();
    }

    @Test
    void savesOfDifferentAttributesAreBothKept() {
        String id = saved("a", 1).getId();
        MemcachedSession one = found(id);
        MemcachedSession other = found(id);

        one.setAttribute("b", 2);
        repository.save(one);
        other.setAttribute("c", 3);
        repository.save(other);

        assertThat(found(id).getAttributeNames()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void aDeletedSessionIsNotFoundAndCannotBeSavedBack() {
        MemcachedSession session = saved("a", 1);
        MemcachedSession elsewhere = found(session.getId());

        repository.deleteById(session.getId());
        elsewhere.setAttribute("a", 2);
        repository.save(elsewhere);
        repository.save(elsewhere);

        assertThat(repository.findById(session.getId())).isNull();
    }

    @Test
    void deletingWhatIsNotThereDoesNothing() {
        repository.deleteById(UUID.randomUUID().toString());
        repository.deleteById("no id\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "x\r\nset y", "memsession:stamp", "n1:x", "täst", "\u0000"})
    void whatCanBeNoIdIsNoSession(String id) {
        stores.n1.kill();
        stores.n2.kill();

        assertThat(repository.findById(id)).isNull();
        assertThat(repository.findById(id + "x".repeat(6_000))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-1S", "PT0.25S", "PT1H", "P31D", "PT876000H", "PT2562047788015215H"})
    void theIntervalIsKept(String interval) {
        MemcachedSession session = repository.createSession();
        session.setLastAccessedTime(Instant.now());
        session.setMaxInactiveInterval(Duration.parse(interval));
        repository.save(session);

        Duration kept = found(session.getId()).getMaxInactiveInterval();

        if (kept.isNegative()) {
            assertThat(Duration.parse(interval)).isNegative();
        } else {
            assertThat(kept).isLessThanOrEqualTo(Duration.parse(interval)).isPositive();
        }
        assertThat(session.isExpired()).isFalse();
    }

    @Test
    void anIntervalOfZeroEndsTheSessionAtOnce() {
        MemcachedSession session = saved("a", 1);
        session.setMaxInactiveInterval(Duration.ZERO);
        repository.save(session);

        assertThat(session.isExpired()).isTrue();
        assertThat(repository.findById(session.getId())).isNull();
    }

    @Test
    void aSessionIsExpiredExactlyAtItsInterval() {
        MemcachedSession session = repository.createSession();
        session.setMaxInactiveInterval(Duration.ofHours(1));
        session.setLastAccessedTime(Instant.now().minus(Duration.ofHours(1)));
        assertThat(session.isExpired()).isTrue();

        session.setLastAccessedTime(Instant.now().minus(Duration.ofMinutes(59)));
        assertThat(session.isExpired()).isFalse();
        session.setMaxInactiveInterval(Duration.ofSeconds(-1));
        session.setLastAccessedTime(Instant.EPOCH);
        assertThat(session.isExpired()).isFalse();
    }

    @Test
    void statement54TheGeneratorOfTheApplicationMakesAllIds() {
        AtomicInteger next = new AtomicInteger();
        MemcachedSessionRepository own =
                new MemcachedSessionRepository(store, () -> "id-" + next.incrementAndGet(), Duration.ofMinutes(1));
        MemcachedSession session = own.createSession();
        own.save(session);
        assertThat(session.getId()).isEqualTo("id-1");

        MemcachedSession found = Objects.requireNonNull(own.findById("id-1"));
        assertThat(found.changeSessionId()).isEqualTo("id-2");
    }

    @Test
    void anIdThatCannotBeKeptIsRefusedWithTheGeneratorNamed() {
        MemcachedSessionRepository own = new MemcachedSessionRepository(store, () -> "no id", Duration.ofMinutes(1));

        assertThatThrownBy(own::createSession)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("SessionIdGenerator");
    }

    @Test
    void anotherAppServerSeesTheSession() {
        MemcachedSession session = saved("a", 1);
        try (SessionStore second = stores.open()) {
            MemcachedSessionRepository other = new MemcachedSessionRepository(
                    second, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30));
            assertThat(Objects.requireNonNull(other.findById(session.getId())).<Integer>getAttribute("a"))
                    .isEqualTo(1);
        }
    }

    @Test
    void withOneNodeDownNothingIsMissing() {
        MemcachedSession session = saved("a", 1);
        stores.n1.kill();

        MemcachedSession found = found(session.getId());
        found.setAttribute("b", 2);
        repository.save(found);

        assertThat(found(session.getId()).<Integer>getAttribute("b")).isEqualTo(2);
    }

    @Test
    void withBothNodesDownASessionIsUnavailableNotAbsent() {
        MemcachedSession session = saved("a", 1);
        stores.n1.kill();
        stores.n2.kill();

        assertThatThrownBy(() -> repository.findById(session.getId())).isInstanceOf(StoreUnavailableException.class);
        session.setAttribute("a", 2);
        assertThatThrownBy(() -> repository.save(session)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> repository.deleteById(session.getId())).isInstanceOf(StoreUnavailableException.class);
    }
}
