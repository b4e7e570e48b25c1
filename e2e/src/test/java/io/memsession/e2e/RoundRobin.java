package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;

/** Which app servers are behind a balancer, as users meet them. */
final class RoundRobin {
    private RoundRobin() {}

    /** The names of those that answer so many users, each of whom comes once; nobody finds an error. */
    static Set<String> answering(String url, int users) {
        Set<String> answered = new TreeSet<>();
        for (int i = 1; i <= users; i++) {
            Answer answer = new Browser(Host.TOMCAT11).post(url, "/api/cart?sku=tea&quantity=" + i);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cart()).containsEntry("tea", i);
            answered.add(answer.text("server"));
        }
        return answered;
    }
}
