package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** One app server's clock is half a minute ahead of the other's: sessions go by what they agreed on. */
@ExtendWith(LogsOnFailure.class)
@EnabledIfSystemProperty(named = "e2e.all", matches = "true", disabledReason = "takes 20 s for each host")
class ClocksIT {
    private static final Duration AHEAD = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Twice the {@code accessPrecision} that goes with that timeout. */
    private static final Duration SLACK = TIMEOUT.dividedBy(10).multipliedBy(2);

    /** By how much clocks that were agreed on may still differ. */
    private static final Duration AGREED = Duration.ofSeconds(2);

    private static final Duration MOMENT = Duration.ofMillis(500);
    private static final String NOTE = "/api/attributes/note";

    private AppServer right;
    private AppServer ahead;

    /** A session that one app server saw last, and where it is looked for next. */
    private record Seen(Browser user, AppServer next) {

        boolean isFound() {
            Answer answer = user.get(next.url(), NOTE);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            return answer.json().path("found").asBoolean();
        }
    }

    private void start(Host host) {
        Cluster cluster = Clusters.whole(host);
        right = cluster.servers().get(0);
        ahead = cluster.servers().get(1);
        right.restart(); // so that the nodes know its time for certain
        ahead.clockAhead(AHEAD);
        ahead.restart();
        assertThat(ahead.printed()).containsPattern("clock is (29|30|31) s ahead of that of the other app servers");
    }

    @AfterEach
    void setTheClockRight() {
        ahead.clockAhead(Duration.ZERO);
        ahead.kill9();
    }

    @OnEveryHost
    void endsASessionNeitherBeforeItsTimeoutNorLongAfterIt(Host host) {
        start(host);
        long firstAccess = System.nanoTime();
        List<Seen> toBeFound = List.of(seen(host, right, ahead), seen(host, ahead, right));
        List<Seen> toBeOver = List.of(seen(host, right, ahead), seen(host, ahead, right));
        long lastAccess = System.nanoTime();

        awaitTime(firstAccess, TIMEOUT.minus(MOMENT));
        assertThat(toBeFound).allMatch(Seen::isFound);
        awaitTime(lastAccess, TIMEOUT.plus(SLACK).plus(AGREED).plus(MOMENT));
        assertThat(toBeOver).noneMatch(Seen::isFound);
    }

    private static Seen seen(Host host, AppServer last, AppServer next) {
        Browser user = new Browser(host);
        user.post(last.url(), NOTE + "?value=here");
        assertThat(user.post(last.url(), "/api/timeout?seconds=" + TIMEOUT.toSeconds())
                        .status())
                .isEqualTo(200);
        return new Seen(user, next);
    }

    private static void awaitTime(long from, Duration after) {
        await().atMost(after.plusSeconds(5)).until(() -> System.nanoTime() - from >= after.toNanos());
    }
}
