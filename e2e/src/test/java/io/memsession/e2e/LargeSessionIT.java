package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;

/** A session that grows beyond what a node takes. */
@ExtendWith(LogsOnFailure.class)
class LargeSessionIT {
    private static final int TOO_MUCH = 1_500_000;

    @OnTwoHosts
    void answersKeepsTheLastGoodStateTellsItOnceAndDisturbsNobodyElse(Host host) {
        Cluster cluster = Clusters.whole(host);
        AppServer one = cluster.servers().get(0);
        AppServer other = cluster.servers().get(1);
        int logBefore = one.printed().length();
        Browser small = new Browser(host);
        Browser large = new Browser(host);
        small.post(one.url(), "/api/attributes/note?value=small");
        large.post(one.url(), "/api/attributes/note?value=good");
        assertThat(large.post(one.url(), "/api/attributes/big/fill?characters=900000")
                        .status())
                .as("below the limit of a stock memcached")
                .isEqualTo(200);

        for (int i = 0; i < 3; i++) {
            Answer answer = large.post(one.url(), "/api/attributes/bigger/fill?characters=" + TOO_MUCH);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(small.get(one.url(), "/api/attributes/note").text("value"))
                    .isEqualTo("small");
        }

        assertThat(large.get(other.url(), "/api/attributes/note").text("value")).isEqualTo("good");
        assertThat(large.get(other.url(), "/api/attributes/bigger").text("value"))
                .isEqualTo("null");
        assertThat(large.plainIds()).hasSize(1);
        assertThat(small.get(other.url(), "/api/attributes/note").text("value")).isEqualTo("small");
        String logged = one.printed().substring(logBefore);
        assertThat(logged.lines().filter(line -> line.contains("too large")))
                .as("lines about it")
                .singleElement()
                .asString()
                .containsPattern("\\d{7} bytes of at most \\d+.*maxRecordSize");
        assertThat(logged).doesNotContain("is down");
    }
}
