package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Boot application as its build processed it ahead of time, beside itself as it always is. */
@ExtendWith(LogsOnFailure.class)
class AheadOfTimeIT {

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("io.memsession.e2e.Clusters#hostsThatAskForNoSessionThemselves")
    void sharesSessionsAndFollowsTheSettingsThatItIsStartedWith(Host boot) {
        Cluster cluster = Clusters.whole(boot);
        AppServer processed = cluster.servers().get(0);
        String other = cluster.servers().get(1).url();
        restart(processed, "-Dspring.aot.enabled=true");
        try {
            assertThat(processed.printed()).contains("Starting AOT-processed ShopApplication");
            Browser user = new Browser(boot);
            user.post(processed.url(), "/api/attributes/note?value=tea");
            assertThat(user.get(other, "/api/attributes/note").text("value")).isEqualTo("tea");
            user.post(other, "/api/attributes/note?value=milk");
            user.post(processed.url(), "/api/rename");
            assertThat(user.get(processed.url(), "/api/attributes/note").text("value"))
                    .isEqualTo("milk");

            Browser another = new Browser(boot);
            assertThat(another.get(processed.url(), Clusters.IGNORED).status()).isEqualTo(200);
            assertThat(another.session()).isNull();
        } finally {
            restart(processed);
        }
    }

    private static void restart(AppServer server, String... jvmOptions) {
        server.kill9();
        server.jvmOptions(jvmOptions);
        server.start();
        server.awaitUp();
    }
}
