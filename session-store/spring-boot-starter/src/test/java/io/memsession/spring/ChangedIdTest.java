package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.session.UuidSessionIdGenerator;

/** Sessions that go on under another id, as at a login. */
class ChangedIdTest {
    private final Stores stores = new Stores();
    private final SessionStore store = stores.open();
    private final MemcachedSessionRepository repository =
            new MemcachedSessionRepository(store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30));

    @AfterEach
    void close() {
        store.close();
    }

    private MemcachedSession saved() {
        MemcachedSession session = repository.createSession();
        session.setAttribute("a", 1);
        repository.save(session);
        return session;
    }

    private MemcachedSession found(String id) {
        return Objects.requireNonNull(repository.findById(id), "no session");
    }

    @Test
    void aChangedIdIsKnownAtOnceAndKeptBySave() {
        MemcachedSession session = saved();
        String before = session.getId();

        String after = session.changeSessionId();
        assertThat(session.getId()).isEqualTo(after).isNotEqualTo(before);
        assertThat(repository.findById(after)).isNull();
        assertThat(repository.findById(before)).isNotNull();
        session.setAttribute("b", 2);
        repository.save(session);

        assertThat(repository.findById(before)).isNull();
        assertThat(found(after).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
        assertThat(found(after).getCreationTime().truncatedTo(ChronoUnit.MILLIS))
                .isEqualTo(session.getCreationTime().truncatedTo(ChronoUnit.MILLIS));
    }

    @Test
    void anIdChangedTwiceBeforeTheSaveIsTheLastOne() {
        MemcachedSession session = saved();
        String before = session.getId();

        String between = session.changeSessionId();
        String after = session.changeSessionId();
        repository.save(session);
        repository.save(session);

        assertThat(repository.findById(before)).isNull();
        assertThat(repository.findById(between)).isNull();
        assertThat(repository.findById(after)).isNotNull();
    }

    @Test
    void anIdChangedAgainAfterTheSaveIsTheLastOne() {
        MemcachedSession session = saved();

        session.changeSessionId();
        repository.save(session);
        String between = session.getId();
        session.changeSessionId();
        repository.save(session);

        assertThat(repository.findById(between)).isNull();
        assertThat(found(session.getId()).<Integer>getAttribute("a")).isEqualTo(1);
    }

    @Test
    void anIdMayBeChangedBeforeTheFirstSave() {
        MemcachedSession session = repository.createSession();
        String before = session.getId();
        session.changeSessionId();
        repository.save(session);

        assertThat(repository.findById(before)).isNull();
        assertThat(repository.findById(session.getId())).isNotNull();
    }

    @Test
    void changingTheIdOfADeletedSessionMakesNoNewOne() {
        MemcachedSession session = saved();
        String before = session.getId();
        repository.deleteById(before);

        String after = session.changeSessionId();
        repository.save(session);

        assertThat(repository.findById(before)).isNull();
        assertThat(repository.findById(after)).isNull();
    }

    @Test
    void ofTwoConcurrentChangesOfTheIdTheFirstSavedCountsAndTheOtherGetsNothing() {
        String before = saved().getId();
        MemcachedSession first = found(before);
        MemcachedSession second = found(before);
        String winner = first.changeSessionId();
        String loser = second.changeSessionId();
        second.setAttribute("user", "somebody else");

        repository.save(first);
        repository.save(second);
        repository.save(second);

        assertThat(repository.findById(loser)).isNull();
        assertThat(found(winner).getAttributeNames()).containsExactly("a");
        assertThat(second.getId()).isEqualTo(before);
    }

    @Test
    void aRequestUnderwayDuringAChangeOfTheIdKeepsItsChangeButNeverLearnsTheNewId() {
        String before = saved().getId();
        MemcachedSession underway = found(before);
        MemcachedSession login = found(before);
        String after = login.changeSessionId();
        repository.save(login);

        underway.setAttribute("b", 2);
        repository.save(underway);

        assertThat(underway.getId()).isEqualTo(before);
        assertThat(found(after).getAttributeNames()).containsExactlyInAnyOrder("a", "b");

        String taken = underway.changeSessionId();
        repository.save(underway);
        assertThat(repository.findById(taken)).isNull();
        assertThat(repository.findById(after)).isNotNull();
    }

    @Test
    void deletingTheOldIdEndsTheRenamedSession() {
        MemcachedSession session = saved();
        String before = session.getId();
        session.changeSessionId();
        repository.save(session);

        repository.deleteById(before);

        assertThat(repository.findById(session.getId())).isNull();
    }
}
