package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.memsession.store.ConfigException;
import io.memsession.store.SecuredServer;
import io.memsession.store.SecuredServer.Wants;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tomcats whose nodes are reached over TLS, and want to know who asks. */
class SecuredNodesTest {
    private static Map<String, String> attributes(SecuredServer node, Wants way) {
        return new HashMap<>(Map.of(
                "memcachedProtocol",
                way == Wants.SASL ? "binary" : "text",
                "operationTimeout",
                "2000",
                "username",
                SecuredServer.USER,
                "password",
                SecuredServer.PASSWORD,
                "sslEnabled",
                "true",
                "truststoreFile",
                node.trusted().toString()));
    }

    private static AppServer server(SecuredServer n1, SecuredServer n2, Wants way) {
        return Pages.on(AppServer.on(attributes(n1, way), n1.process(), n2.process()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SASL", "LOGIN"})
    void sessionsOutliveANodeAndTheServer(Wants way) {
        try (SecuredServer n1 = SecuredServer.started(Wants.TLS, way);
                SecuredServer n2 = SecuredServer.started(Wants.TLS, way);
                AppServer one = server(n1, n2, way);
                AppServer two = server(n1, n2, way)) {
            String cookie = one.get("/set?name=x&value=1", "").cookie();
            n1.process().kill();
            assertThat(two.get("/get?name=x", cookie).body()).isEqualTo("1");
            assertThat(two.get("/set?name=x&value=2", cookie).status()).isEqualTo(200);
            assertThat(one.get("/get?name=x", cookie).body()).isEqualTo("2");
        }
    }

    /** Without SASL a node lists its keys, so that the one that came back empty can be filled again. */
    @Test
    void aNodeThatComesBackEmptyIsFilledOverTls() {
        try (SecuredServer n1 = SecuredServer.started(Wants.TLS, Wants.LOGIN);
                SecuredServer n2 = SecuredServer.started(Wants.TLS, Wants.LOGIN);
                AppServer server = server(n1, n2, Wants.LOGIN)) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            n1.process().restart();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> server.manager().getRepairs() > 0
                            && Stream.of(server.manager().getNodeStates())
                                    .allMatch(state -> state.endsWith(" up, complete")));
            n2.process().kill();
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("1");
        }
    }

    @Test
    void aWrongPasswordStopsTheStartAndIsNotShown() {
        try (SecuredServer n1 = SecuredServer.started(Wants.SASL)) {
            Map<String, String> wrong = Map.of("username", SecuredServer.USER, "password", "wrong-password");
            try (AppServer server = AppServer.on(wrong, n1.process())) {
                assertThat(server.context().getState().isAvailable()).isFalse();
            }
            Map<String, String> all = new HashMap<>(wrong);
            all.put("memcachedNodes", n1.process().address("n1").toString());
            assertThatThrownBy(() -> SignOns.open(all, "localhost"))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("node n1")
                    .hasMessageContaining("correct username and password")
                    .hasMessageNotContaining("wrong-password");
        }
    }
}
