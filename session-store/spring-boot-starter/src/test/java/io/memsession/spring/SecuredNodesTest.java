package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.SecuredServer;
import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.SessionStore;
import io.memsession.store.line.Line;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** Applications whose memcacheds are reached over TLS by a bundle of Boot's, and want to know who asks. */
class SecuredNodesTest {
    private static final String BUNDLE = "spring.ssl.bundle.pem.cache.truststore.certificate=file:";

    @AutoClose
    private final SecuredServer n1 = SecuredServer.started(Wants.TLS, Wants.SASL);

    @AutoClose
    private final SecuredServer n2 = SecuredServer.started(Wants.TLS, Wants.SASL);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    MemsessionAutoConfiguration.class, SessionAutoConfiguration.class, SslAutoConfiguration.class))
            .withPropertyValues("memsession.nodes=n1:127.0.0.1:1", BUNDLE + n1.trusted());

    private String[] settings() {
        return new String[] {
            "spring.application.name=shop",
            "memsession.operation-timeout=2s",
            "memsession.username=" + SecuredServer.USER,
            "memsession.password=" + SecuredServer.PASSWORD,
            "memsession.ssl.bundle=cache",
            BUNDLE + n1.trusted()
        };
    }

    @Test
    void aSessionOutlivesANodeAndTheServer() {
        String nodes = n1.process().address("n1") + "," + n2.process().address("n2");
        try (Shop one = Shop.start(nodes, settings());
                Shop two = Shop.start(nodes, settings())) {
            Visitor visitor = new Visitor();
            visitor.get(one, "/write?cart=tea");

            n1.process().kill();

            assertThat(visitor.body(two, "/read")).isEqualTo("tea");
            visitor.get(two, "/write?cart=coffee");
            assertThat(visitor.body(one, "/read")).isEqualTo("coffee");
        }
    }

    @Test
    void aWrongPasswordStopsTheStartAndIsNotShown() {
        runner.withPropertyValues(settings())
                .withPropertyValues(
                        "memsession.nodes=" + n1.process().address("n1"), "memsession.password=wrong-password")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(PropertyException.class)
                        .hasMessageContaining("node n1")
                        .hasMessageContaining("correct memsession.username and memsession.password")
                        .hasMessageNotContaining("wrong-password"));
    }

    @ParameterizedTest
    @CsvSource({
        "memsession.ssl.bundle=cache, true",
        "memsession.ssl.enabled=true, true",
        "memsession.ssl.enabled=false, false",
        "memsession.ssl.bundle=, false"
    })
    void tlsIsSpokenWhereItIsSwitchedOnOrABundleIsNamed(String property, boolean spoken) {
        runner.withPropertyValues(property).run(context -> {
            Line line = context.getBean(SessionStore.class).config().line();
            assertThat(line.tls() != null).isEqualTo(spoken);
        });
    }

    @Test
    void noTextShowsThePassword() {
        runner.withPropertyValues("memsession.username=shop", "memsession.password=hidden-password")
                .run(context -> {
                    assertThat(context.getBean(MemsessionProperties.class).toString())
                            .doesNotContain("hidden-password");
                    assertThat(context.getBean(SessionStore.class).config().toString())
                            .doesNotContain("hidden-password");
                });
    }
}
