package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Spring Security 7 on two app servers over a pair of memcacheds: whoever logs in on one is logged in on the other. */
class SecurityTest {
    private static MemcachedServer n1;
    private static MemcachedServer n2;
    private static Shop one;
    private static Shop two;

    private final FormVisitor visitor = new FormVisitor();

    @BeforeAll
    static void start() {
        n1 = MemcachedServer.started();
        n2 = MemcachedServer.started();
        String nodes = n1.address("n1") + "," + n2.address("n2");
        String[] settings = {"spring.application.name=secured"};
        one = Shop.start(nodes, SecuredShop.class, settings);
        two = Shop.start(nodes, SecuredShop.class, settings);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        n1.close();
        n2.close();
    }

    @Test
    void aFormLoginOnOneCountsOnTheOther() {
        visitor.login(one, "ada");
        assertThat(visitor.body(two, "/me")).isEqualTo("ada");
        assertThat(visitor.body(one, "/me")).isEqualTo("ada");
    }

    @Test
    void aFormShownByOneMayBeSentToTheOther() {
        visitor.login(one, "ada");
        HttpResponse<String> answer = visitor.post(two, one, "/cart", Map.of("cart", "tea"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(visitor.body(one, "/cart")).isEqualTo("tea");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        visitor.login(one, "ada");
        assertThat(visitor.postBody(two, "/cart", "cart=tea").statusCode()).isEqualTo(403);
    }

    @Test
    void aLoginChangesTheIdAndKeepsTheCart() {
        visitor.post(one, one, "/cart", Map.of("cart", "tea"));
        String before = visitor.session();

        visitor.login(two, "bob");

        assertThat(visitor.session()).isNotEqualTo(before).isNotEmpty();
        assertThat(visitor.body(one, "/cart")).isEqualTo("tea");
        HttpResponse<String> fixed = new Visitor().with("SESSION=" + before).get(one, "/me");
        assertThat(fixed.statusCode()).isEqualTo(302);
    }

    @Test
    void statement67ASecondLoginElsewhereEndsTheFirst() {
        FormVisitor second = new FormVisitor();
        visitor.login(one, "ada");
        second.login(two, "ada");

        assertThat(second.body(one, "/me")).isEqualTo("ada");
        assertThat(visitor.get(one, "/me").body()).contains("expired");
    }

    @Test
    void aLogoutOnOneIsALogoutOnTheOther() {
        visitor.login(one, "bob");
        visitor.post(two, one, "/logout", Map.of());
        assertThat(visitor.get(one, "/me").statusCode()).isEqualTo(302);
    }

    @Test
    void logoutEverywhereEndsEverySessionOfThePrincipal() {
        visitor.login(one, "bob");
        String elsewhere = visitor.session();

        assertThat(visitor.post(two, two, "/logout-everywhere", Map.of()).body())
                .isEqualTo("1");

        assertThat(new Visitor().with("SESSION=" + elsewhere).get(one, "/me").statusCode())
                .isEqualTo(302);
    }

    @Test
    void statement67WhoWantsToBeRememberedGetsALongSession() {
        visitor.login(one, "bob", "remember-me", "true");
        assertThat(visitor.body(two, "/session")).endsWith(" 2592000");
        assertThat(visitor.body(two, "/me")).isEqualTo("bob");
    }

    @Test
    void aLoginSurvivesANode() {
        visitor.login(one, "ada");
        n1.kill();
        try {
            assertThat(visitor.body(two, "/me")).isEqualTo("ada");
            FormVisitor second = new FormVisitor();
            second.login(two, "ada");
            assertThat(second.body(one, "/me")).isEqualTo("ada");
            assertThat(visitor.get(one, "/me").body()).contains("expired");
        } finally {
            n1.start();
        }
    }
}
