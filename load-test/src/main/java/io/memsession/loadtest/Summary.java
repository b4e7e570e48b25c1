package io.memsession.loadtest;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be known of all hosts at a glance: fits on one screen. */
final class Summary {
    private static final int WRONG_SHOWN = 5;

    private Summary() {}

    static List<String> lines(List<Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %7s %9s %7s %9s %9s %9s %8s %7s %8s %6s",
                "",
                "users",
                "requests",
                "a s",
                "p50",
                "p99",
                "longest",
                "commands",
                "kills",
                "cut off",
                "wrong"));
        results.forEach(result -> lines.add(line(result)));
        for (Result result : results) {
            result.findings().counts().forEach((kind, count) -> lines.add(result.host() + ": " + count + " " + kind));
            stalls(result).ifPresent(lines::add);
            result.problems().forEach(problem -> lines.add(result.host() + ": " + problem));
            result.findings().first().stream().limit(WRONG_SHOWN).forEach(line -> lines.add("  " + line));
        }
        return lines;
    }

    /** What fails on a machine that is too slow is no failure of what is tested; that it is too slow is to be known. */
    static Optional<String> stalls(Result result) {
        int stalled = result.whole().count(Outcome.STALLED);
        return result.stalls().count() == 0
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s: the machine itself stood still %d times, for %,d ms at most, and %d requests failed for"
                                + " that: take fewer --users",
                        result.host(),
                        result.stalls().count(),
                        result.stalls().longestMillis(),
                        stalled));
    }

    private static String line(Result result) {
        Timeline.Second whole = result.whole();
        return String.format(
                Locale.ROOT,
                "%-20s %,7d %,9d %,7.0f %9s %9s %9s %8.2f %7d %8d %6d",
                result.host(),
                result.users(),
                whole.latencies().total(),
                result.throughput(),
                Page.millis(whole.latencies().percentile(0.5)),
                Page.millis(whole.latencies().percentile(0.99)),
                Page.millis(whole.latencies().longest()),
                result.commandsPerRequest(),
                result.timeline().marks().size(),
                whole.count(Outcome.CUT_OFF),
                result.findings().count());
    }
}
