package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogsOnFailure.class)
class HistoryIT {
    static final long SEED = Long.getLong("history.seed", System.nanoTime() & 0xffffff);

    private static final List<Fault> FAULTS = Fault.named(
            System.getProperty("history.faults", "kill,hang,restart,cut,silent,errors,full,server-kill,server-hang"));

    private static final int SESSIONS = 4;

    /**
     * So many kinds of app server at the same time: most of it is waiting, but four keep two cores from being in time.
     */
    private static final int AT_ONCE = 2;

    @Test
    void keepsThePromiseWhenOneNodeOrAppServerAfterTheOtherFailsInEveryWay() throws Exception {
        List<Cluster> clusters = Clusters.someHosts().stream().map(this::whole).toList();
        Assumptions.assumeFalse(clusters.isEmpty(), "Tomcat 11 and Boot are not among -De2e.hosts");
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<List<String>>> trials = clusters.stream()
                    .map(cluster -> threads.submit(() -> trial(cluster)))
                    .toList();
            List<String> violations = violations(trials);
            assertThat(violations).as(() -> Trial.shown(violations)).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> violations(List<Future<List<String>>> trials)
            throws InterruptedException, ExecutionException {
        List<String> violations = new ArrayList<>();
        for (Future<List<String>> trial : trials) {
            violations.addAll(trial.get());
        }
        return violations;
    }

    /** What is tested; by default a pair of memcacheds. */
    Cluster whole(Host host) {
        return Clusters.whole(host);
    }

    /** What happens to it. */
    List<Fault> faults() {
        return FAULTS;
    }

    private List<String> trial(Cluster cluster) throws InterruptedException {
        try (Trial trial = new Trial(cluster, SESSIONS, SEED)) {
            trial.awaitWarm(); // clusters that nobody has used yet are late without any fault
            for (Fault fault : faults()) {
                trial.failAll(fault);
            }
            List<String> violations = trial.judge();
            trial.figures().forEach(System.out::println);
            return violations;
        }
    }
}
