package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.session.FlushMode;
import org.springframework.session.SaveMode;
import org.springframework.session.UuidSessionIdGenerator;

/** The contract of Spring Session's repositories, statement by statement (1 to 28), on two app servers. */
class SessionContractTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final Stores stores = new Stores();
    private final SessionStore store1 = stores.open();
    private final SessionStore store2 = stores.open();
    private final MemcachedSessionRepository one =
            new MemcachedSessionRepository(store1, UuidSessionIdGenerator.getInstance(), HALF_AN_HOUR);
    private final MemcachedSessionRepository two =
            new MemcachedSessionRepository(store2, UuidSessionIdGenerator.getInstance(), HALF_AN_HOUR);

    @AfterEach
    void close() {
        store1.close();
        store2.close();
    }

    private MemcachedSession saved() {
        MemcachedSession session = one.createSession();
        session.setAttribute("a", "1");
        one.save(session);
        return session;
    }

    private MemcachedSession found(String id) {
        return Objects.requireNonNull(two.findById(id), "no session");
    }

    private long commands() {
        return stores.n1.commandsOnSessions() + stores.n2.commandsOnSessions();
    }

    @Test
    void statement01TheIdIsUniqueAndStable() {
        MemcachedSession session = one.createSession();
        assertThat(session.getId())
                .isNotNull()
                .isEqualTo(session.getId())
                .isNotEqualTo(one.createSession().getId());
    }

    @Test
    void statement02AChangedIdCountsAtOnceAndReachesTheStoreWithTheSave() {
        MemcachedSession session = saved();
        String before = session.getId();
        long commands = commands();
        String after = session.changeSessionId();
        assertThat(session.getId()).isEqualTo(after).isNotEqualTo(before);
        assertThat(commands()).isEqualTo(commands);
        one.save(session);
        assertThat(found(after)).satisfies(found -> {
            assertThat(found.<String>getAttribute("a")).isEqualTo("1");
            assertThat(found.getMaxInactiveInterval()).isEqualTo(HALF_AN_HOUR);
            assertThat(found.getCreationTime()).isEqualTo(session.getCreationTime());
        });
        assertThat(two.findById(before)).isNull();
    }

    @Test
    void statement03NullRemovesAnAttribute() {
        MemcachedSession session = saved();
        session.setAttribute("a", null);
        assertThat(session.<Object>getAttribute("a")).isNull();
        assertThat(session.getAttributeNames()).isEmpty();
    }

    @Test
    void statement04TheNamesAreTheCallersOwn() {
        MemcachedSession session = saved();
        Set<String> names = session.getAttributeNames();
        names.clear();
        assertThat(session.getAttributeNames()).containsExactly("a");
        session.getAttributeNames().forEach(session::removeAttribute);
        assertThat(session.getAttributeNames()).isEmpty();
    }

    @Test
    void statement05ARequiredAttributeIsToldByName() {
        MemcachedSession session = one.createSession();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.getRequiredAttribute("x"))
                .withMessage("Required attribute 'x' is missing.");
        assertThat(session.<String>getAttributeOrDefault("x", "d")).isEqualTo("d");
    }

    @Test
    void statement06ANewSessionWasAccessedWhenItWasCreated() {
        MemcachedSession session = one.createSession();
        assertThat(session.getLastAccessedTime()).isEqualTo(session.getCreationTime());
        assertThat(session.getCreationTime()).isBetween(Instant.now().minusSeconds(5), Instant.now());
        assertThat(session.getMaxInactiveInterval()).isEqualTo(HALF_AN_HOUR);
    }

    @Test
    void statement07ATimeSetBackByTheOnlyWriterIsStoredAsGiven() {
        MemcachedSession session = saved();
        Instant back = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS);
        session.setLastAccessedTime(back);
        one.save(session);
        assertThat(found(session.getId()).getLastAccessedTime()).isEqualTo(back);
        MemcachedSession again = found(session.getId());
        Instant further = back.minus(Duration.ofMinutes(5));
        again.setLastAccessedTime(further);
        two.save(again);
        assertThat(found(session.getId()).getLastAccessedTime()).isEqualTo(further);
    }

    @Test
    void statement07AgainstOtherWritersTheLaterAccessWins() {
        String id = saved().getId();
        MemcachedSession slow = found(id);
        slow.setLastAccessedTime(Instant.now().minus(Duration.ofHours(2)));
        MemcachedSession quick = found(id);
        Instant access = Instant.now().plus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MILLIS);
        quick.setLastAccessedTime(access);
        quick.setAttribute("b", "2");
        two.save(quick);
        slow.setAttribute("c", "3");
        two.save(slow);
        assertThat(found(id).getLastAccessedTime()).isEqualTo(access);
        assertThat(found(id).getAttributeNames()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void statement08ExpiredIsAtTheIntervalNotBefore() {
        MemcachedSession session = one.createSession();
        session.setLastAccessedTime(Instant.now().minus(HALF_AN_HOUR));
        assertThat(session.isExpired()).isTrue();
        session.setLastAccessedTime(Instant.now().minus(HALF_AN_HOUR).plusSeconds(20));
        assertThat(session.isExpired()).isFalse();
        session.setMaxInactiveInterval(Duration.ZERO);
        session.setLastAccessedTime(Instant.now());
        assertThat(session.isExpired()).isTrue();
    }

    @Test
    void statement09ANegativeIntervalIsForEverAndZeroIsNow() {
        MemcachedSession never = saved();
        never.setMaxInactiveInterval(Duration.ofSeconds(-1));
        never.setLastAccessedTime(Instant.EPOCH);
        one.save(never);
        assertThat(found(never.getId()).getMaxInactiveInterval()).isNegative();
        assertThat(found(never.getId()).isExpired()).isFalse();

        MemcachedSession now = saved();
        now.setMaxInactiveInterval(Duration.ZERO);
        one.save(now);
        assertThat(two.findById(now.getId())).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 365, 3650})
    void statement10MoreThanThirtyDaysWork(long days) {
        MemcachedSession session = saved();
        session.setMaxInactiveInterval(Duration.ofDays(days));
        one.save(session);
        assertThat(found(session.getId()).getMaxInactiveInterval()).isEqualTo(Duration.ofDays(days));
    }

    @Test
    void statement11TimesAreKeptToTheMillisecond() {
        MemcachedSession session = one.createSession();
        Instant access = Instant.now().plusMillis(1234).truncatedTo(ChronoUnit.MILLIS);
        session.setLastAccessedTime(access);
        session.setMaxInactiveInterval(Duration.ofMillis(90_123));
        one.save(session);
        assertThat(found(session.getId())).satisfies(found -> {
            assertThat(found.getCreationTime()).isEqualTo(session.getCreationTime());
            assertThat(found.getLastAccessedTime()).isEqualTo(access);
            assertThat(found.getMaxInactiveInterval()).isEqualTo(Duration.ofMillis(90_123));
        });
    }

    @Test
    void statement13ANewSessionIsKeptWhenItIsSaved() {
        MemcachedSession session = one.createSession();
        assertThat(two.findById(session.getId())).isNull();
        one.save(session);
        assertThat(two.findById(session.getId())).isNotNull();

        one.setFlushMode(FlushMode.IMMEDIATE);
        assertThat(two.findById(one.createSession().getId())).isNotNull();
    }

    @Test
    void statement14WhatIsFoundIsEqualAndAnotherObject() {
        MemcachedSession session = saved();
        assertThat(found(session.getId())).isNotSameAs(session).isNotSameAs(found(session.getId()));
        assertThat(found(session.getId()).getAttributeNames()).isEqualTo(session.getAttributeNames());
    }

    @Test
    void statement15ASaveWithoutChangeCostsNothing() {
        MemcachedSession session = found(saved().getId());
        long commands = commands();
        two.save(session);
        two.save(session);
        assertThat(commands()).isEqualTo(commands);
    }

    @Test
    void statement16ChangesOfOtherAttributesMeanwhileAreKept() {
        String id = saved().getId();
        MemcachedSession first = found(id);
        MemcachedSession second = found(id);
        first.setAttribute("b", "2");
        second.removeAttribute("a");
        two.save(first);
        two.save(second);
        assertThat(found(id).getAttributeNames()).containsExactly("b");
    }

    @Test
    void statement17WhatIsUnknownOrExpiredIsNotFound() {
        assertThat(one.findById("unknown")).isNull();
        MemcachedSession session = saved();
        session.setLastAccessedTime(Instant.now().minus(HALF_AN_HOUR).minusSeconds(1));
        one.save(session);
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void statement18DeletingTheUnknownDoesNothing() {
        assertThatCode(() -> one.deleteById("unknown")).doesNotThrowAnyException();
    }

    @Test
    void statement19ASaveAfterTheDeletionIsSilentAndRevivesNothing() {
        MemcachedSession session = saved();
        two.deleteById(session.getId());
        session.setAttribute("a", "2");
        one.save(session);
        session.setLastAccessedTime(Instant.now());
        one.save(session);
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void statement20ChangesOfTheIdTwiceOrBeforeTheFirstSave() {
        MemcachedSession session = one.createSession();
        String first = session.getId();
        session.changeSessionId();
        session.setAttribute("a", "1");
        one.save(session);
        one.save(session);
        String second = session.changeSessionId();
        String third = session.changeSessionId();
        one.save(session);
        assertThat(two.findById(first)).isNull();
        assertThat(two.findById(second)).isNull();
        assertThat(found(third).<String>getAttribute("a")).isEqualTo("1");
    }

    @Test
    void statement21ARenameOfADeletedSessionMakesNoNewOne() {
        MemcachedSession session = saved();
        two.deleteById(session.getId());
        String after = session.changeSessionId();
        session.setAttribute("a", "2");
        one.save(session);
        assertThat(two.findById(after)).isNull();
    }

    @Test
    void statement22OfConcurrentRenamesOneIdSurvives() {
        for (int round = 0; round < 20; round++) {
            String id = saved().getId();
            MemcachedSession first = Objects.requireNonNull(one.findById(id));
            MemcachedSession second = found(id);
            List<String> ids = List.of(first.changeSessionId(), second.changeSessionId());
            CompletableFuture<Void> concurrent = CompletableFuture.runAsync(() -> one.save(first));
            two.save(second);
            concurrent.join();
            assertThat(ids.stream().map(two::findById).filter(Objects::nonNull))
                    .singleElement()
                    .satisfies(
                            found -> assertThat(found.<String>getAttribute("a")).isEqualTo("1"));
            assertThat(two.findById(id)).isNull();
        }
    }

    @Test
    void statement23ASaveUnderTheOldIdMakesNoHalfSession() {
        MemcachedSession session = saved();
        String before = session.getId();
        MemcachedSession underway = found(before);
        session.changeSessionId();
        one.save(session);
        underway.setAttribute("b", "2");
        two.save(underway);
        assertThat(two.findById(before)).isNull();
        assertThat(found(session.getId()).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void statement24ANewSessionThatIsTooOldIsNotFound() {
        MemcachedSession session = one.createSession();
        session.setLastAccessedTime(Instant.now().minus(HALF_AN_HOUR).minusSeconds(1));
        one.save(session);
        assertThat(two.findById(session.getId())).isNull();
    }

    @Test
    void statement25WithOnSetAttributeOnlyWhatWasSetIsKept() {
        two.setSaveMode(SaveMode.ON_SET_ATTRIBUTE);
        MemcachedSession session = one.createSession();
        session.setAttribute("list", new ArrayList<>(List.of("x")));
        one.save(session);
        MemcachedSession found = found(session.getId());
        found.<List<String>>getRequiredAttribute("list").add("y");
        found.setAttribute("b", "2");
        two.save(found);
        assertThat(found(session.getId()).<List<String>>getAttribute("list")).containsExactly("x");
        assertThat(found(session.getId()).<String>getAttribute("b")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ON_GET_ATTRIBUTE", "ALWAYS"})
    void statements26And27OtherwiseWhatWasReadAndChangedIsKeptToo(SaveMode mode) {
        two.setSaveMode(mode);
        MemcachedSession session = one.createSession();
        session.setAttribute("list", new ArrayList<>(List.of("x")));
        one.save(session);
        MemcachedSession found = found(session.getId());
        found.<List<String>>getRequiredAttribute("list").add("y");
        two.save(found);
        assertThat(found(session.getId()).<List<String>>getAttribute("list")).containsExactly("x", "y");
    }

    @Test
    void statement28WithImmediateEachChangeIsKeptBeforeItReturns() {
        one.setFlushMode(FlushMode.IMMEDIATE);
        MemcachedSession session = one.createSession();
        session.setAttribute("a", "1");
        assertThat(found(session.getId()).<String>getAttribute("a")).isEqualTo("1");
        session.removeAttribute("a");
        assertThat(found(session.getId()).getAttributeNames()).isEmpty();
        session.setMaxInactiveInterval(Duration.ofMinutes(7));
        assertThat(found(session.getId()).getMaxInactiveInterval()).isEqualTo(Duration.ofMinutes(7));
        Instant access = Instant.now().plus(Duration.ofMinutes(2)).truncatedTo(ChronoUnit.MILLIS);
        session.setLastAccessedTime(access);
        assertThat(Stream.of(found(session.getId()).getLastAccessedTime())).containsExactly(access);
        String before = session.getId();
        session.changeSessionId();
        assertThat(two.findById(before)).isNotNull();
    }
}
