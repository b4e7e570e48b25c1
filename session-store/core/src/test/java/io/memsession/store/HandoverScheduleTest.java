package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random lists of nodes that reach three app servers at random times, while they read and write in turn and one node
 * after the other restarts empty: what was acknowledged last is what everybody reads.
 */
@Tag("servers")
class HandoverScheduleTest {
    private static final int SCHEDULES = Integer.getInteger("handover.schedules", 150);
    private static final long FIRST_SEED = Long.getLong("handover.seed", 1);
    private static final int CHANGES = 5;
    private static final int SESSIONS = 12;
    private static final Duration LEARNED = Duration.ofSeconds(6);

    @Test
    void whatWasAcknowledgedIsRead() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
            new Schedule(seed).run();
        }
    }

    private static final class Schedule {
        private final long seed;
        private final Random random;
        private final SimulatedTime time = new SimulatedTime();
        private final InMemoryServer[] servers = new InMemoryServer[6];
        private final List<AppServer> appServers = new ArrayList<>();
        private final Map<String, String> acknowledged = new HashMap<>();
        private TreeSet<Integer> members = new TreeSet<>(List.of(1, 2));
        private int version;
        private int written;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            for (int i = 0; i < servers.length; i++) {
                servers[i] = new InMemoryServer(time);
            }
        }

        void run() {
            for (int i = 0; i < 3; i++) {
                startAppServer();
            }
            time.pass(Duration.ofSeconds(20));
            for (int i = 0; i < SESSIONS; i++) {
                String id = "S" + i * 7919;
                write(anyone(), id, true);
            }
            for (int change = 0; change < CHANGES; change++) {
                change();
                work(random.nextInt(400));
                if (random.nextInt(3) == 0) {
                    startAppServer();
                }
                fault();
                work(random.nextInt(300));
            }
            time.pass(Duration.ofSeconds(60));
            settled();
            work(100);
        }

        private void startAppServer() {
            AppServer server = AppServer.discovering(time, servers);
            tell(server);
            server.watch();
            appServers.add(server);
        }

        private void tell(AppServer server) {
            server.told(
                    Math.max(1, version),
                    members.stream().mapToInt(Integer::intValue).toArray());
        }

        /** One node stays at least, as everybody is told to do. */
        private void change() {
            version = Math.max(1, version) + 1;
            List<Integer> stay = new ArrayList<>(members);
            Collections.shuffle(stay, random);
            TreeSet<Integer> next = new TreeSet<>(stay.subList(0, 1 + random.nextInt(stay.size())));
            int size = 2 + random.nextInt(3);
            while (next.size() < size) {
                next.add(1 + random.nextInt(servers.length));
            }
            members = next;
            int told = version;
            for (AppServer server : appServers) {
                time.after(Duration.ofMillis(random.nextInt((int) LEARNED.toMillis())), () -> server.hears(told, next));
            }
        }

        /** The next one comes when the one before is repaired. */
        private void fault() {
            List<Integer> there = List.copyOf(members);
            int node = there.get(random.nextInt(there.size())) - 1;
            servers[node].kill();
            work(random.nextInt(30));
            time.pass(Duration.ofMillis(random.nextInt(4_000)));
            work(random.nextInt(30));
            servers[node].start();
            settled();
        }

        private void settled() {
            for (int i = 0; i < 180 && !allSettled(); i++) {
                time.pass(Duration.ofSeconds(1));
            }
            assertThat(allSettled())
                    .as("seed " + seed + ": the members are in force and complete")
                    .isTrue();
        }

        private boolean allSettled() {
            return appServers.stream()
                    .allMatch(server -> server.nodes.sets().size() == 1
                            && server.nodes.inForce().version() == Math.max(1, version)
                            && server.nodes.all().stream().allMatch(WatchedNode::complete));
        }

        private void work(int operations) {
            for (int i = 0; i < operations; i++) {
                String id = "S" + random.nextInt(SESSIONS) * 7919;
                if (random.nextInt(3) == 0) {
                    write(anyone(), id, false);
                } else {
                    assertThat(anyone().read(id, "x"))
                            .as("seed " + seed + ", session " + id + ", at " + time.instant())
                            .hasValue(acknowledged.get(id));
                }
                time.pass(Duration.ofMillis(random.nextInt(60)));
            }
        }

        private AppServer anyone() {
            return appServers.get(random.nextInt(appServers.size()));
        }

        private void write(AppServer server, String id, boolean creating) {
            String value = String.valueOf(++written);
            if (creating) {
                server.create(id, "x", value);
            } else {
                assertThat(server.save(id, server.load(id), "x", value).outcome())
                        .as("seed " + seed + ", session " + id + ", at " + time.instant())
                        .isEqualTo(SaveOutcome.SAVED);
            }
            acknowledged.put(id, value);
        }
    }
}
