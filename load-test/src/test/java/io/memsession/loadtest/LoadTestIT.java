package io.memsession.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.e2e.Children;
import io.memsession.e2e.Host;
import io.memsession.e2e.Layout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load test in small: 50 users, half a minute. */
@Tag("long")
class LoadTestIT {
    @TempDir
    private Path folder;

    @Test
    void showsUsersWhatTheyMustSeeWhileANodeAndAnAppServerAreKilled() throws Exception {
        Load.Demand demand = new Load.Demand(50, Duration.ofSeconds(30), true);
        try (Children children = new Children()) {
            Result result = LoadTest.run(Host.TOMCAT11, demand, Layout.ofThisRun(), children, folder);

            assertThat(result.holds())
                    .as(() -> String.join("\n", Summary.lines(List.of(result))))
                    .isTrue();
            assertThat(result.timeline().marks()).as("kills").hasSizeGreaterThanOrEqualTo(2);
            assertThat(result.gatling()).as("Gatling's report").hasFileName("index.html");
            assertThat(new Page(folder, "a load test", List.of(result)).html())
                    .contains("n1 killed", "tomcat1 killed", "Every user saw");
        }
    }
}
