package io.memsession.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Many clients at work at the same time, two with each session, until they are told to stop. */
public final class Workload implements AutoCloseable {
    private static final int CLIENTS_OF_A_SESSION = 2;

    private final Cluster cluster;
    private final History history = new History();
    private final ConcurrentMap<Integer, SharedSession> sessions = new ConcurrentHashMap<>();
    private final ExecutorService threads;
    private final List<Future<?>> work = new ArrayList<>();
    private volatile boolean over;

    /** So many sessions at a time, two clients at each of them; what they do follows from the seed. */
    public Workload(Cluster cluster, int sessionsAtATime, long seed) {
        this.cluster = cluster;
        this.threads = Executors.newFixedThreadPool(sessionsAtATime * CLIENTS_OF_A_SESSION);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < sessionsAtATime * CLIENTS_OF_A_SESSION; i++) {
            Client client = new Client("c" + i, cluster.host(), cluster.entrances(), random.split(), history);
            int group = i / CLIENTS_OF_A_SESSION;
            work.add(threads.submit(() -> keepOn(client, group)));
        }
    }

    private void keepOn(Client client, int group) {
        while (!over) {
            SharedSession session = session(client, group);
            for (int i = 0; i < 5 && !over; i++) {
                client.act(session); // also a few times after its end
            }
        }
    }

    /** The group's session; a new one if it is over. */
    private SharedSession session(Client client, int group) {
        SharedSession session = sessions.computeIfAbsent(group, first -> make(client, group, 1));
        return session.over()
                ? sessions.compute(
                        group,
                        (same, now) -> now == null || now == session ? make(client, group, number(session) + 1) : now)
                : session;
    }

    private static int number(SharedSession session) {
        return Integer.parseInt(session.name().substring(session.name().indexOf('.') + 1));
    }

    private SharedSession make(Client client, int group, int number) {
        boolean calm = group % 2 == 1;
        SharedSession made = new SharedSession(group + "." + number, calm);
        while (!over && !client.make(made)) {
            made = new SharedSession(group + "." + (number(made) + 1), calm);
        }
        return made;
    }

    /** What they did so far. */
    public History history() {
        return history;
    }

    /** What kind of app server they use. */
    public Cluster cluster() {
        return cluster;
    }

    /** Lets everybody finish what is under way. */
    public void finish() throws InterruptedException {
        over = true;
        threads.shutdown();
        if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("a client did not come to its end within a minute");
        }
        for (Future<?> one : work) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a client failed: " + e.getCause(), e);
            }
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }
}
