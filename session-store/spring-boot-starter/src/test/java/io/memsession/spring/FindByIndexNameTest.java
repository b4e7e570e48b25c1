package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SessionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.session.DelegatingIndexResolver;
import org.springframework.session.FindByIndexNameSessionRepository;
import org.springframework.session.PrincipalNameIndexResolver;
import org.springframework.session.SingleIndexResolver;
import org.springframework.session.UuidSessionIdGenerator;

/** Statements 30 to 37: sessions found by their principal's name, or by another one. */
class FindByIndexNameTest {
    private static final String PRINCIPAL = FindByIndexNameSessionRepository.PRINCIPAL_NAME_INDEX_NAME;
    private static final String CONTEXT = "SPRING_SECURITY_CONTEXT";

    private final Stores stores = new Stores();
    private final SessionStore store1 = stores.open();
    private final SessionStore store2 = stores.open();
    private final MemcachedSessionRepository one = repository(store1);
    private final MemcachedSessionRepository two = repository(store2);

    private static MemcachedSessionRepository repository(SessionStore store) {
        return new MemcachedSessionRepository(store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30));
    }

    @AfterEach
    void close() {
        store1.close();
        store2.close();
    }

    private static SecurityContext context(String name) {
        return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(name, null, null));
    }

    private MemcachedSession saved(String attribute, Object value) {
        MemcachedSession session = one.createSession();
        session.setAttribute(attribute, value);
        one.save(session);
        return session;
    }

    private MemcachedSession found(String id) {
        return Objects.requireNonNull(two.findById(id), "no session");
    }

    @Test
    void statement30AnUnknownIndexIsEmpty() {
        saved(PRINCIPAL, "ada");
        assertThat(one.findByIndexNameAndIndexValue("no such index", "ada")).isEmpty();
        assertThat(one.findByPrincipalName("nobody")).isEmpty();
        assertThat(one.findByPrincipalName("")).isEmpty();
    }

    @Test
    void statements31And33ASessionIsFoundByItsPrincipalAndId() {
        String id = saved(PRINCIPAL, "ada").getId();
        assertThat(one.findByPrincipalName("ada")).containsOnlyKeys(id);
        assertThat(one.findByIndexNameAndIndexValue(PRINCIPAL, "ada")).containsOnlyKeys(id);
    }

    @Test
    void statement32ASessionIsFoundByItsSecurityContext() {
        String id = saved(CONTEXT, context("ada")).getId();
        assertThat(one.findByPrincipalName("ada")).containsOnlyKeys(id);
    }

    @Test
    void statement33WhatIsOverIsAbsent() {
        one.deleteById(saved(PRINCIPAL, "ada").getId());
        MemcachedSession expired = saved(PRINCIPAL, "ada");
        expired.setLastAccessedTime(Instant.now().minus(Duration.ofMinutes(31)));
        one.save(expired);
        assertThat(two.findByPrincipalName("ada")).isEmpty();
    }

    @Test
    void statement34AnotherPrincipalMovesIt() {
        String id = saved(PRINCIPAL, "ada").getId();
        MemcachedSession session = found(id);
        session.setAttribute(PRINCIPAL, "bob");
        two.save(session);
        assertThat(one.findByPrincipalName("ada")).isEmpty();
        assertThat(one.findByPrincipalName("bob")).containsOnlyKeys(id);

        session.setAttribute(PRINCIPAL, "cyd");
        two.save(session);
        assertThat(one.findByPrincipalName("bob")).isEmpty();
        assertThat(one.findByPrincipalName("cyd")).containsOnlyKeys(id);
    }

    @Test
    void statement34TheRemovalOfThePrincipalDropsIt() {
        MemcachedSession session = saved(PRINCIPAL, "ada");
        session.removeAttribute(PRINCIPAL);
        one.save(session);
        assertThat(two.findByPrincipalName("ada")).isEmpty();

        String id = saved(CONTEXT, context("bob")).getId();
        MemcachedSession again = found(id);
        again.removeAttribute(CONTEXT);
        two.save(again);
        assertThat(one.findByPrincipalName("bob")).isEmpty();
    }

    @Test
    void statement35ASaveWithoutChangeKeepsIt() {
        String id = saved(PRINCIPAL, "ada").getId();
        MemcachedSession session = found(id);
        session.setAttribute("other", "value");
        two.save(session);
        two.save(found(id));
        assertThat(one.findByPrincipalName("ada")).containsOnlyKeys(id);
    }

    @Test
    void statement36ARenameMovesIt() {
        MemcachedSession session = found(saved(PRINCIPAL, "ada").getId());
        String id = session.changeSessionId();
        session.setAttribute(CONTEXT, context("bob"));
        two.save(session);
        assertThat(one.findByPrincipalName("ada")).containsOnlyKeys(id);
        assertThat(one.findByPrincipalName("bob")).isEmpty();
    }

    @Test
    void statement37ASessionOfAnotherServerIsFound() {
        String id = saved(PRINCIPAL, "ada").getId();
        Map<String, MemcachedSession> found = two.findByPrincipalName("ada");
        assertThat(found).containsOnlyKeys(id);
        assertThat(Objects.requireNonNull(found.get(id)).<String>getAttribute(PRINCIPAL))
                .isEqualTo("ada");
    }

    @Test
    void theApplicationsOwnIndexesAreFoundToo() {
        for (MemcachedSessionRepository repository : new MemcachedSessionRepository[] {one, two}) {
            repository.setIndexResolver(new DelegatingIndexResolver<>(
                    new PrincipalNameIndexResolver<>(), new SingleIndexResolver<>("tenant") {
                        @Override
                        public String resolveIndexValueFor(org.springframework.session.Session session) {
                            return session.getAttribute("tenant");
                        }
                    }));
        }
        String id = saved("tenant", "acme").getId();
        assertThat(two.findByIndexNameAndIndexValue("tenant", "acme")).containsOnlyKeys(id);
        assertThat(two.findByPrincipalName("acme")).isEmpty();
        MemcachedSession session = found(id);
        assertThat(session.getAttributeNames()).containsExactly("tenant");
        session.removeAttribute("tenant");
        two.save(session);
        assertThat(one.findByIndexNameAndIndexValue("tenant", "acme")).isEmpty();
    }

    @Test
    void readingByPrincipalIsNoAccess() {
        MemcachedSession session = saved(PRINCIPAL, "ada");
        Instant before = found(session.getId()).getLastAccessedTime();
        MemcachedSession found =
                Objects.requireNonNull(two.findByPrincipalName("ada").get(session.getId()));
        assertThat(found.getLastAccessedTime()).isEqualTo(before);
    }

    @Test
    void aNodesDeathAndAnEvictionLoseNothing() {
        String id = saved(PRINCIPAL, "ada").getId();
        stores.n1.kill();
        assertThat(two.findByPrincipalName("ada")).containsOnlyKeys(id);
        stores.n2.keys().stream().filter(key -> key.contains(":index:")).forEach(stores.n2::evict);
        assertThat(two.findByPrincipalName("ada")).isEmpty();

        MemcachedSession session = found(id);
        session.setAttribute("other", "value");
        two.save(session);

        assertThat(two.findByPrincipalName("ada")).containsOnlyKeys(id);
    }
}
