package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogsOnFailure.class)
class SharedSessionIT {
    private Browser user;
    private String one;
    private String other;

    /** What is tested; by default a pair of memcacheds. */
    Cluster whole(Host host) {
        return Clusters.whole(host);
    }

    private void start(Host host) {
        Cluster cluster = whole(host);
        user = new Browser(host);
        one = cluster.servers().get(0).url();
        other = cluster.servers().get(1).url();
    }

    @OnEveryHost
    void msm459ReadsOnTheOtherServerWhatWasJustWritten(Host host) {
        start(host);
        for (int i = 1; i <= 100; i++) {
            String value = "value " + i;
            String writer = i % 2 == 0 ? one : other;
            String reader = i % 2 == 0 ? other : one;

            assertThat(user.post(writer, "/api/attributes/note?value=" + Browser.query(value))
                            .status())
                    .isEqualTo(200);
            assertThat(user.get(reader, "/api/attributes/note").text("value")).isEqualTo(value);
        }
        assertThat(user.plainIds()).hasSize(1);
    }

    @OnEveryHost
    void msm71StartsWithoutAWarningOfTheJvm(Host host) {
        start(host);
        user.post(one, "/api/attributes/note?value=here");

        whole(host)
                .servers()
                .forEach(server -> assertThat(server.printed())
                        .doesNotContain("WARNING: A terminally deprecated method", "WARNING: A restricted method")
                        .doesNotContain("sun.misc.Unsafe", "UnsupportedOperationException"));
    }

    @OnEveryHost
    void seesALogoutEverywhereAtOnce(Host host) {
        start(host);
        for (int i = 0; i < 20; i++) {
            user.post(one, "/api/login?user=ada");
            Browser window = user.copy();
            assertThat(window.get(other, "/api/session?create=false").status()).isEqualTo(200);
            String ended = String.valueOf(user.session());

            assertThat(user.post(one, "/api/logout").status()).isEqualTo(200);

            assertThat(window.get(other, "/api/session?create=false").status()).isEqualTo(404);
            assertThat(window.get(one, "/api/session?create=false").status()).isEqualTo(404);
            assertThat(window.post(other, "/api/attributes/after?value=logout").status())
                    .isEqualTo(200);
            assertThat(Browser.plain(String.valueOf(window.session()))).isNotEqualTo(Browser.plain(ended));
        }
    }

    @OnEveryHost
    void losesNoUpdateOfClientsThatChangeTheirOwnAttributesAtTheSameTime(Host host) {
        start(host);
        user.post(one, "/api/attributes/start?value=now");
        int times = 50;
        try (Load load = new Load(6, client -> countingUser("counter" + client, client))) {
            load.awaitMore(times);
            load.finish();
        }
        IntStream.range(0, 6).forEach(client -> {
            String path = "/api/attributes/counter" + client;
            int count = user.get(one, path).json().path("value").asInt();
            assertThat(count).isGreaterThanOrEqualTo(times);
            assertThat(user.get(other, path).json().path("value").asInt()).isEqualTo(count);
        });
        assertThat(user.get(other, "/api/attributes/start").text("value")).isEqualTo("now");
    }

    private Load.User countingUser(String attribute, int offset) {
        Browser window = user.copy();
        return new Load.User() {
            @Override
            void act(int number) {
                String server = (number + offset) % 2 == 0 ? one : other;
                Answer answer = window.post(server, "/api/attributes/" + attribute + "/increment");
                assertThat(answer.status()).as(answer.body()).isEqualTo(200);
                assertThat(answer.json().path("value").asInt()).isEqualTo(number);
                assertThat(window.plainIds()).as("new session ids").isEmpty();
            }
        };
    }

    @OnEveryHost
    void keepsAllUnderTheNewIdOfARenamedSessionAndNothingUnderTheOld(Host host) {
        start(host);
        user.post(one, "/api/attributes/note?value=kept");
        Browser window = user.copy();

        assertThat(user.post(other, "/api/rename").status()).isEqualTo(200);

        assertThat(user.plainIds()).hasSize(2);
        assertThat(user.get(one, "/api/attributes/note").text("value")).isEqualTo("kept");
        assertThat(window.get(one, "/api/session?create=false").status()).isEqualTo(404);
        assertThat(window.get(other, "/api/session?create=false").status()).isEqualTo(404);
    }

    @OnEveryHost
    void endsASessionThatIsIdleForLongerThanItsTimeoutAndNoneThatIsUsed(Host host) {
        start(host);
        user.post(one, "/api/attributes/note?value=here");
        user.post(one, "/api/timeout?seconds=2");
        Duration longerThanTheTimeout = Duration.ofSeconds(3);

        await().pollInterval(Duration.ofMillis(500))
                .during(longerThanTheTimeout)
                .atMost(longerThanTheTimeout.plusSeconds(2))
                .until(() ->
                        user.get(other, "/api/attributes/note").text("value").equals("here"));
        await().pollDelay(longerThanTheTimeout)
                .pollInterval(longerThanTheTimeout)
                .atMost(Duration.ofSeconds(20))
                .until(() -> user.get(other, "/api/session?create=false").status() == 404);
    }

    @OnEveryHost
    void namesTheNodeInTheSessionIdsOfTomcatAndNoneInThoseOfBoot(Host host) {
        start(host);
        user.post(one, "/api/attributes/note?value=here");
        String id = user.get(other, "/api/session").text("id");

        assertThat(id).matches(host == Host.BOOT ? "[0-9a-f-]{36}" : "[0-9A-F]{32}-n[12]");
    }
}
