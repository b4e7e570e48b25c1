package io.memsession.loadtest;

import io.memsession.e2e.Cluster;
import io.memsession.e2e.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What kills one process after the other, nodes and app servers by turns, each only when the pair is whole again after
 * the last.
 */
final class FaultSchedule implements Deaths {
    private static final Duration DEAD = Duration.ofSeconds(3);
    private static final Duration CALM = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Timeline timeline;
    private final Consumer<String> say;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();
    private volatile String underWay = "";
    private volatile @Nullable Exception failure;

    /** An app server's; until it answers again the end lies in the future. */
    private record Death(String server, long died, long up) {}

    FaultSchedule(Cluster cluster, Timeline timeline, Consumer<String> say) {
        this.cluster = cluster;
        this.timeline = timeline;
        this.say = say;
    }

    /** Goes on from one time in nanoseconds until another; who was killed last is whole again when this returns. */
    void follow(long from, long until) {
        try {
            TimeUnit.NANOSECONDS.sleep(from - System.nanoTime());
            for (int i = 0; System.nanoTime() < until; i++) {
                TimeUnit.NANOSECONDS.sleep(CALM.toNanos());
                killAndRestart(victim(i), i % 8 < 4 ? DEAD : Duration.ZERO);
            }
        } catch (IllegalStateException | InterruptedException e) {
            failure = e;
        } finally {
            underWay = "";
        }
    }

    /** n1, the first app server, n2, the second one, and again. */
    private ServerProcess victim(int i) {
        int number = i / 2 % 2;
        return i % 2 == 0 ? cluster.nodes().get(number) : cluster.servers().get(number);
    }

    private void killAndRestart(ServerProcess victim, Duration dead) throws InterruptedException {
        String what = victim.name() + (dead.isZero() ? " killed and restarted" : " killed");
        boolean node = cluster.nodes().contains(victim);
        awaitRepair("before " + victim.name() + " was to be killed"); // else it were a second failure
        underWay = what;
        long died = System.nanoTime();
        if (!node) {
            deaths.add(new Death(victim.name(), died, Long.MAX_VALUE));
        }
        victim.kill9();
        say.accept(what + (dead.isZero() ? "" : " for " + dead.toSeconds() + " s"));
        TimeUnit.NANOSECONDS.sleep(dead.toNanos());
        victim.restart();
        long up = System.nanoTime();
        if (!node) {
            deaths.set(deaths.size() - 1, new Death(victim.name(), died, up));
        }
        awaitRepair("after " + what);
        long repaired = System.nanoTime();
        timeline.add(new Timeline.Mark(what, timeline.seconds(died), timeline.seconds(up), timeline.seconds(repaired)));
        say.accept(victim.name() + " is up, " + (node ? "and filled again " : "")
                + TimeUnit.NANOSECONDS.toMillis(repaired - up) + " ms later all is whole");
        underWay = "";
    }

    private void awaitRepair(String what) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(500); // until everybody has noticed
        cluster.awaitRepaired(what, () -> "");
    }

    @Override
    public boolean during(long began, long ended) {
        return deaths.stream().anyMatch(death -> death.died <= ended && death.up >= began);
    }

    /** What is dead or being repaired now; empty if nothing is. */
    String underWay() {
        return underWay;
    }

    /** Why it could not go on; null if it could. */
    @Nullable
    Exception failure() {
        return failure;
    }
}
