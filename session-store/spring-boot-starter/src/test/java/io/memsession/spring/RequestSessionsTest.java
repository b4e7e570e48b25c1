package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.SessionStore;
import io.memsession.store.StoreUnavailableException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.session.UuidSessionIdGenerator;

/** What a request remembers, as seen from inside the filter. */
class RequestSessionsTest {
    private final Stores stores = new Stores();
    private final SessionStore store = stores.open();
    private final CurrentRequest current = new CurrentRequest();
    private final MemcachedSessionRepository repository = new MemcachedSessionRepository(
            store, UuidSessionIdGenerator.getInstance(), Duration.ofMinutes(30), current, SessionLimits.NONE);
    private final SessionRequestFilter filter =
            new SessionRequestFilter(current, RequestRules.NONE, new Outage(System::nanoTime, line -> {}, () -> {}));
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private String id;

    @BeforeEach
    void save() {
        MemcachedSession session = repository.createSession();
        session.setAttribute("a", 1);
        repository.save(session);
        id = session.getId();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private interface Steps {
        void run() throws ServletException, IOException;
    }

    private void inRequest(Steps steps) throws ServletException, IOException {
        filter.doFilter(request, response, (same, too) -> steps.run());
    }

    private long commands() {
        return stores.n1.commandsOnSessions() + stores.n2.commandsOnSessions();
    }

    private MemcachedSession found() {
        return Objects.requireNonNull(repository.findById(id));
    }

    @Test
    void aRequestReadsASessionOnce() throws Exception {
        inRequest(() -> {
            MemcachedSession found = found();
            long before = commands();
            assertThat(repository.findById(id)).isSameAs(found);
            assertThat(commands()).isEqualTo(before);
        });
        MemcachedSession outside = found();
        assertThat(found()).isNotSameAs(outside);
    }

    @Test
    void thatASessionIsNotThereIsReadOnceToo() throws Exception {
        inRequest(() -> {
            assertThat(repository.findById("nobody")).isNull();
            long before = commands();
            assertThat(repository.findById("nobody")).isNull();
            assertThat(commands()).isEqualTo(before);
        });
    }

    @Test
    void aLaterDispatchOfTheRequestKnowsWhatTheFirstRead() throws Exception {
        inRequest(this::found);
        request.setDispatcherType(DispatcherType.ASYNC);
        long before = commands();
        inRequest(this::found);
        assertThat(commands()).isEqualTo(before);
    }

    @Test
    void whatIsSavedIsFoundWithinTheRequest() throws Exception {
        inRequest(() -> {
            MemcachedSession session = repository.createSession();
            assertThat(repository.findById(session.getId())).isNull();
            repository.save(session);
            assertThat(repository.findById(session.getId())).isSameAs(session);
        });
    }

    @Test
    void afterAChangeOfTheIdTheRequestFindsTheNewOneOnly() throws Exception {
        inRequest(() -> {
            MemcachedSession session = found();
            String after = session.changeSessionId();
            repository.save(session);
            assertThat(repository.findById(id)).isNull();
            assertThat(repository.findById(after)).isSameAs(session);
        });
    }

    @Test
    void afterItsEndTheRequestFindsItNoMoreAndSavesItNoMore() throws Exception {
        inRequest(() -> {
            MemcachedSession session = found();
            repository.deleteById(id);
            session.setAttribute("b", 2);
            long before = commands();
            repository.save(session);
            assertThat(repository.findById(id)).isNull();
            assertThat(commands()).isEqualTo(before);
        });
        assertThat(repository.findById(id)).isNull();
    }

    @Test
    void endingASessionByAnIdThatIsNotKeptYetEndsIt() throws Exception {
        inRequest(() -> repository.deleteById(found().changeSessionId()));
        assertThat(repository.findById(id)).isNull();
    }

    @Test
    void thatNoNodeAnswersIsAnswered503AndAskedOnce() throws Exception {
        stores.n1.kill();
        stores.n2.kill();
        inRequest(() -> {
            assertThatThrownBy(this::found).isInstanceOf(StoreUnavailableException.class);
            stores.n1.start();
            assertThatThrownBy(this::found).isInstanceOf(StoreUnavailableException.class);
            throw new ServletException("Request processing failed", catching(this::found));
        });
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
    }

    private static Exception catching(Steps steps) {
        try {
            steps.run();
            throw new AssertionError("no failure");
        } catch (IOException | ServletException | RuntimeException e) {
            return e;
        }
    }

    @Test
    void aFailedEndLeavesTheVisitorTheCookie() throws Exception {
        stores.n1.kill();
        stores.n2.kill();
        inRequest(() -> {
            response.addHeader("Set-Cookie", "SESSION=; Max-Age=0");
            repository.deleteById(id);
        });
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Set-Cookie")).isNull();
    }

    @Test
    void anErrorPageThatNeedsTheSessionIsLeftEmpty() throws Exception {
        stores.n1.kill();
        stores.n2.kill();
        request.setDispatcherType(DispatcherType.ERROR);
        inRequest(() -> {
            response.getWriter().print("half a page");
            found();
        });
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getContentAsString()).isEmpty();
    }

    @Test
    void whatIsCommittedStaysAsItIs() throws Exception {
        stores.n1.kill();
        stores.n2.kill();
        inRequest(() -> {
            response.flushBuffer();
            found();
        });
        assertThat(response.getStatus()).isEqualTo(200);
    }

    @Test
    void anotherFailureIsNotTouched() {
        assertThatThrownBy(() -> inRequest(() -> {
                    throw new ServletException("as the test wants");
                }))
                .isInstanceOf(ServletException.class);
    }

    @Test
    void aRequestThatReadsManySessionsDoesNotHoldOnToThem() throws Exception {
        inRequest(() -> {
            for (int i = 0; i < RequestSessions.LIMIT; i++) {
                repository.findById("nobody-" + i);
            }
            MemcachedSession found = found();
            assertThat(found()).isNotSameAs(found);
        });
    }
}
