package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The real engine on simulated nodes, network and time. A failing seed prints what happened in it. */
class SimulationTest {
    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 1_000);
    private static final long FIRST_SEED = Long.getLong("simulation.seed", 1);
    private static final int SHOWN = 3;
    private static final int LINES = 150;

    @Test
    void keepsThePromiseInEverySchedule() {
        SortedMap<Long, List<String>> failed = new TreeMap<>();
        LongStream.range(FIRST_SEED, FIRST_SEED + SCHEDULES).parallel().forEach(seed -> {
            List<String> violations = new Simulation(seed).run();
            if (!violations.isEmpty()) {
                synchronized (failed) {
                    failed.put(seed, violations);
                }
            }
        });
        assertThat(failed)
                .as(() -> failed.size() + " of " + SCHEDULES + " schedules failed\n" + report(failed))
                .isEmpty();
    }

    private static String report(SortedMap<Long, List<String>> failed) {
        StringBuilder report = new StringBuilder();
        failed.entrySet().stream()
                .limit(SHOWN)
                .forEach(each -> report.append("seed ")
                        .append(each.getKey())
                        .append(": ")
                        .append(each.getValue())
                        .append('\n'));
        Simulation first = new Simulation(failed.firstKey());
        first.run();
        List<String> trace = first.trace();
        trace.subList(Math.max(0, trace.size() - LINES), trace.size())
                .forEach(line -> report.append(line).append('\n'));
        return report.toString();
    }
}
