package io.memsession.loadtest;

import io.memsession.e2e.Host;
import java.nio.file.Path;
import java.util.List;

/**
 * What came of one host's load.
 *
 * @param host what kind of app server
 * @param users how many users there were at the end
 * @param timeline what happened when
 * @param findings every wrong answer
 * @param stalls when the machine stood still
 * @param gatling Gatling's own report
 * @param problems what went wrong besides answers
 */
record Result(
        Host host,
        int users,
        Timeline timeline,
        Findings findings,
        Stalls stalls,
        Path gatling,
        List<String> problems) {

    /** Whether every user saw all the time what he must see. */
    boolean holds() {
        return findings.count() == 0
                && problems.isEmpty()
                && whole().latencies().total() > 0;
    }

    /** All seconds together. */
    Timeline.Second whole() {
        return timeline.between(0, timeline.length());
    }

    /** Requests in a second, on average. */
    double throughput() {
        return (double) whole().latencies().total() / Math.max(1, timeline.length());
    }

    /** What a request costs the nodes. */
    double commandsPerRequest() {
        return (double) whole().commands() / Math.max(1, whole().latencies().total());
    }
}
