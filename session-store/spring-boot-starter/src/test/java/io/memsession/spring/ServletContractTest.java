package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.session.SessionRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;

/** What servlets see of Spring Session (statements 38 to 46, 50, 55 and 57), on two Tomcats over a pair. */
class ServletContractTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static Shop one;
    private static Shop two;

    private final Visitor visitor = new Visitor();

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        String nodes = n1.address("n1") + "," + n2.address("n2");
        String[] settings = Shop.withoutSecurity(
                "memsession.access-precision=0", "memsession.operation-timeout=5s", "spring.application.name=pages");
        one = Shop.start(nodes, PageShop.class, settings);
        two = Shop.start(nodes, PageShop.class, settings);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    private HttpResponse<String> visit(PageShop.Page page) {
        PageShop.answers(page);
        HttpResponse<String> answer = visitor.get(one, "/first");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer;
    }

    /** The visitor's new session, with that attribute. */
    private String visited(Object value) {
        visit((request, response) -> request.getSession().setAttribute("a", value));
        return id();
    }

    private String id() {
        byte[] id = Base64.getDecoder().decode(String.valueOf(visitor.cookie()).substring("SESSION=".length()));
        return new String(id, StandardCharsets.UTF_8);
    }

    /** The session as the other app server finds it. */
    private static MemcachedSession elsewhere(String id) {
        return Objects.requireNonNull(
                two.context().getBean(MemcachedSessionRepository.class).findById(id), "no session");
    }

    private static String cookie(String id) {
        return "SESSION=" + Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void statement38ASaveComesBeforeAnIncludeWithTheCommitAndAtTheEnd() {
        List<Object> seen = new CopyOnWriteArrayList<>();
        Consumer<HttpServletRequest> look =
                request -> seen.add(elsewhere(request.getSession().getId()).getRequiredAttribute("a"));
        PageShop.answers(
                (request, response) -> {
                    request.getSession().setAttribute("a", "before the include");
                    request.getRequestDispatcher("/second").include(request, response);
                    request.getSession().setAttribute("a", "before the commit");
                    response.flushBuffer();
                    look.accept(request);
                    request.getSession().setAttribute("a", "after it");
                },
                (request, response) -> look.accept(request));
        visitor.get(one, "/first");
        assertThat(seen).containsExactly("before the include", "before the commit");
        assertThat(elsewhere(id()).<String>getAttribute("a")).isEqualTo("after it");
    }

    @Test
    void statement39EachRequestThatAsksForItsSessionIsAnAccess() {
        String id = visited("tea");
        Instant before = elsewhere(id).getLastAccessedTime();
        visit((request, response) -> response.getWriter().print("nothing asked for"));
        assertThat(elsewhere(id).getLastAccessedTime()).isEqualTo(before);
        await().untilAsserted(() -> {
            visit((request, response) -> request.getSession(false));
            assertThat(elsewhere(id).getLastAccessedTime()).isAfter(before);
        });
    }

    @Test
    void statement41TheFilterIsFirstAndRequestsKnowTheRepository() {
        List<Object> seen = new ArrayList<>();
        visitor.cookie(cookie("00000000-0000-0000-0000-000000000000"));
        visit((request, response) -> {
            String name = SessionRepository.class.getName();
            request.getSession(false);
            seen.add(request.getAttribute(name + ".invalidSessionId"));
            HttpSession session = request.getSession();
            seen.add(request.getAttribute(name));
            seen.add(request.getAttribute(name + ".CURRENT_SESSION") == session);
        });
        assertThat(seen).containsExactly("true", one.context().getBean(MemcachedSessionRepository.class), true);
        assertThat(one.context()
                        .getBean(DelegatingFilterProxyRegistrationBean.class)
                        .getOrder())
                .isEqualTo(SessionRepositoryFilter.DEFAULT_ORDER)
                .isEqualTo(Integer.MIN_VALUE + 50);
    }

    @Test
    void statement42AfterTheCommitNoSessionCanBeMade() {
        List<Throwable> seen = new ArrayList<>();
        HttpResponse<String> answer = visit((request, response) -> {
            response.flushBuffer();
            try {
                request.getSession();
            } catch (RuntimeException e) {
                seen.add(e);
            }
        });
        assertThat(seen).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(Visitor.cookies(answer)).isEmpty();
    }

    @Test
    void statement43ACookieIsGivenOnlyIfTheIdIsAnother() {
        String id = visited("tea");
        assertThat(Visitor.cookies(visit((request, response) -> request.getSession())))
                .isEmpty();
        visit((request, response) -> request.changeSessionId());
        assertThat(id()).isNotEqualTo(id);
        assertThat(elsewhere(id()).<String>getAttribute("a")).isEqualTo("tea");

        visitor.cookie(cookie(id));
        assertThat(Visitor.cookies(visit((request, response) -> request.getSession(false))))
                .isEmpty();
        assertThat(Visitor.cookies(visit((request, response) -> request.getSession())))
                .hasSize(1);
        assertThat(id()).isNotEqualTo(id);
    }

    /** An attribute that is told of its coming and going, and fails each time. */
    static final class Bound implements HttpSessionBindingListener, Serializable {
        private static final long serialVersionUID = 1;
        static final List<String> EVENTS = new CopyOnWriteArrayList<>();
        private final String name;

        Bound(String name) {
            this.name = name;
        }

        @Override
        public void valueBound(HttpSessionBindingEvent event) {
            EVENTS.add("+" + name + event.getName());
            throw new IllegalStateException("as the test wants");
        }

        @Override
        public void valueUnbound(HttpSessionBindingEvent event) {
            EVENTS.add("-" + name + event.getName());
            throw new IllegalStateException("as the test wants");
        }
    }

    @Test
    void statement44AttributesAreToldWhenTheyComeAndGoInARequestOnly() {
        Bound.EVENTS.clear();
        visited(new Bound("1"));
        visit((request, response) -> request.getSession().setAttribute("a", new Bound("2")));
        visit((request, response) -> request.getSession().removeAttribute("a"));
        assertThat(Bound.EVENTS).containsExactly("+1a", "-1a", "+2a", "-2a");
        visited(new Bound("3"));
        Bound.EVENTS.clear();
        visit((request, response) -> request.getSession().invalidate());
        assertThat(Bound.EVENTS).isEmpty();
    }

    @Test
    void statement45AfterItsEndASessionTellsOnlyItsId() {
        String id = visited("tea");
        List<String> refused = new ArrayList<>();
        List<Object> told = new ArrayList<>();
        visit((request, response) -> {
            HttpSession session = request.getSession();
            session.invalidate();
            List<Consumer<HttpSession>> asked = List.of(
                    HttpSession::getCreationTime,
                    HttpSession::getLastAccessedTime,
                    HttpSession::getAttributeNames,
                    HttpSession::isNew,
                    HttpSession::invalidate,
                    ended -> ended.getAttribute("a"),
                    ended -> ended.setAttribute("a", 1),
                    ended -> ended.removeAttribute("a"));
            for (Consumer<HttpSession> each : asked) {
                try {
                    each.accept(session);
                } catch (IllegalStateException e) {
                    refused.add(e.getClass().getSimpleName());
                }
            }
            session.setMaxInactiveInterval(7);
            told.add(session.getId());
            told.add(session.getMaxInactiveInterval());
            told.add(session.getServletContext() != null);
        });
        assertThat(refused).hasSize(8);
        assertThat(told).containsExactly(id, 7, true);
        assertThat(two.context().getBean(MemcachedSessionRepository.class).findById(id))
                .isNull();
    }

    @Test
    void statement46AnErrorPageHasTheSessionOfItsRequest() {
        PageShop.answers(
                (request, response) -> {
                    request.getSession().setAttribute("a", "tea");
                    response.sendError(409);
                },
                (request, response) -> {
                    request.getSession().setAttribute("b", "milk");
                    response.getWriter().print(request.getSession().getAttribute("a"));
                });
        HttpResponse<String> answer = visitor.get(one, "/first");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo("tea");
        assertThat(elsewhere(id()).getAttributeNames()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void statement50ListenersAreToldOfTheBeginningAndOfEveryEnd() {
        PageShop.TOLD.clear();
        String first = visited("tea");
        visit((request, response) -> request.getSession().invalidate());
        assertThat(PageShop.TOLD).containsExactly("created " + first, "destroyed " + first + " with tea");

        String second = visited("milk");
        visit((request, response) -> request.getSession().setMaxInactiveInterval(1));
        await().atMost(Duration.ofSeconds(30))
                .until(() -> PageShop.TOLD.contains("destroyed " + second + " with milk"));
        assertThat(PageShop.TOLD).hasSize(4);
    }

    @Test
    void statement55TheCookieIsBase64AndNothingElseIsTaken() {
        HttpResponse<String> answer = visit((request, response) -> request.getSession());
        assertThat(Visitor.cookies(answer))
                .singleElement(InstanceOfAssertFactories.STRING)
                .isEqualTo(cookie(id()) + "; Path=/; HttpOnly; SameSite=Lax");
        visitor.cookie("SESSION=%no-base64%");
        List<Object> seen = new ArrayList<>();
        visit((request, response) -> seen.add(String.valueOf(request.getSession(false))));
        assertThat(seen).containsExactly("null");
    }

    @Test
    void statement57OfSeveralCookiesTheOneWithASessionCounts() {
        String id = visited("tea");
        visitor.cookie(cookie("00000000-0000-0000-0000-000000000000") + "; " + cookie(id));
        List<Object> seen = new ArrayList<>();
        visit((request, response) -> seen.add(request.getSession().getAttribute("a")));
        assertThat(seen).containsExactly("tea");
    }
}
