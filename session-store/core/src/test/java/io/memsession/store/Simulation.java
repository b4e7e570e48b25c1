package io.memsession.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One schedule: a few app servers, a pair of nodes, and faults, each after the last was repaired. Everything that
 * happens follows from the seed.
 */
final class Simulation {
    private static final int APP_SERVERS = 3;
    private static final int THREADS = 2;
    private static final int FAULTS = 4;
    private static final int MOST_BUSY = 7;
    private static final Duration OPERATION = Duration.ofMillis(250);
    private static final Duration POLLED = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final SimulatedTime time = new SimulatedTime();
    private final List<Event> trace = new ArrayList<>();
    private final Scenario scenario;
    private final History history;
    private final Random random;
    private final List<SimulatedServer> servers = new ArrayList<>();
    private final List<SimulatedAppServer> appServers = new ArrayList<>();
    private final IdentityHashMap<SimulatedAppServer, SimulatedRequests> requests = new IdentityHashMap<>();
    private final List<SimulatedSession> sessions = new ArrayList<>();
    private final List<SimulatedSession> busy = new ArrayList<>();
    private long completeSince = Long.MAX_VALUE;
    private int started;
    private int created;
    private boolean quiet;
    private boolean stopping;

    Simulation(long seed) {
        random = new Random(seed);
        scenario = Scenario.of(seed);
        history = new History(scenario.timeout().minus(scenario.early()));
        for (int i = 1; i <= scenario.nodes(); i++) {
            servers.add(new SimulatedServer("n" + i, time));
        }
        trace(scenario.name());
    }

    /** What happened, in order. */
    List<String> trace() {
        return trace.stream().map(Event::toString).toList();
    }

    /** What went against the promise. */
    List<String> run() {
        for (int i = 0; i < APP_SERVERS; i++) {
            startAppServer();
        }
        beginToAsk();
        SimulatedFaults faults =
                new SimulatedFaults(scenario, time, random, servers, this::replace, this::quietTime, this::trace);
        await("all nodes complete at the start", this::allComplete);
        for (int i = 0; i < FAULTS && history.violations().isEmpty(); i++) {
            time.pass(Duration.ofMillis(random.nextInt(400)));
            faults.next(appServers);
            completeSince = Long.MAX_VALUE;
            await("all nodes complete after fault " + i, this::allComplete);
            time.pass(OPERATION);
        }
        stopping = true;
        busy.clear();
        busy.addAll(sessions);
        for (SimulatedAppServer appServer : appServers) {
            sessions.forEach(session -> {
                var unused = requests(appServer).read(session);
            });
        }
        sessions.forEach(session -> session.oldIds().forEach(id -> {
            var unused = requests(appServers.get(0)).readUnderOldId(session, id);
        }));
        time.pass(Duration.ofSeconds(5));
        if (scenario.skew().isZero()) {
            history.check();
        }
        return history.violations();
    }

    /** The first requests find nodes without any stamp. */
    private void beginToAsk() {
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            createSession();
        }
        chooseBusySessions();
        changeBusySessionsNowAndThen();
        createSessionsNowAndThen();
        appServers.forEach(this::startRequests);
    }

    private void startAppServer() {
        SimulatedAppServer appServer =
                new SimulatedAppServer("c" + ++started, servers, time, random, skew(), this::trace);
        appServers.add(appServer);
        requests.put(appServer, new SimulatedRequests(appServer, scenario, time, random, history, this::trace));
        var starting = appServer.start();
        await("an app server started", starting::isDone);
    }

    private Duration skew() {
        return scenario.skew().isZero()
                ? Duration.ZERO
                : Duration.ofMillis(random.nextLong(scenario.skew().toMillis()));
    }

    private SimulatedRequests requests(SimulatedAppServer appServer) {
        return Objects.requireNonNull(requests.get(appServer));
    }

    private void createSession() {
        String node = servers.get(random.nextInt(servers.size())).id;
        SimulatedSession session = new SimulatedSession("s" + created++, node);
        var creating = requests(appServers.get(0)).create(session);
        await("session created", creating::isDone);
        sessions.add(session);
    }

    /** Sessions end, so there have to be new ones. */
    private void createSessionsNowAndThen() {
        time.after(Duration.ofMillis((500 + random.nextInt(1_000)) * (quiet ? 40L : 1L)), () -> {
            if (!stopping) {
                String node = servers.get(random.nextInt(servers.size())).id;
                SimulatedSession session = new SimulatedSession("s" + created++, node);
                var unused = requests(appServers.get(0)).create(session).thenRun(() -> sessions.add(session));
                createSessionsNowAndThen();
            }
        });
    }

    /** The others are left alone for a while: what goes wrong with them is not mended by the next read. */
    private void chooseBusySessions() {
        busy.clear();
        List<SimulatedSession> youngest = sessions.subList(Math.max(0, sessions.size() - MOST_BUSY), sessions.size());
        youngest.stream().filter(session -> random.nextInt(3) == 0).forEach(busy::add);
        if (busy.isEmpty()) {
            busy.add(youngest.get(random.nextInt(youngest.size())));
        }
    }

    private void changeBusySessionsNowAndThen() {
        time.after(Duration.ofMillis(300 + random.nextInt(1_500)), () -> {
            if (!stopping) {
                chooseBusySessions();
                changeBusySessionsNowAndThen();
            }
        });
    }

    private void startRequests(SimulatedAppServer appServer) {
        for (int i = 0; i < THREADS; i++) {
            time.after(Duration.ofMillis(random.nextInt(50)), () -> nextRequest(appServer));
        }
    }

    private void nextRequest(SimulatedAppServer appServer) {
        if (stopping || appServer.dead()) {
            return;
        }
        SimulatedSession session = busy.get(random.nextInt(busy.size()));
        var unused = requests(appServer)
                .any(session)
                .thenRun(() -> time.after(Duration.ofMillis(pauseBetweenRequests()), () -> nextRequest(appServer)));
    }

    /** Mostly short; now and then so long that an app server notices nothing of a whole fault. */
    private int pauseBetweenRequests() {
        if (quiet) {
            return 500 + random.nextInt(4_000);
        }
        return random.nextInt(300) == 0 ? 3_000 + random.nextInt(8_000) : random.nextInt(40);
    }

    private void replace(SimulatedAppServer appServer) {
        appServers.remove(appServer);
        appServer.kill();
        time.pass(OPERATION);
        startAppServer();
        startRequests(appServers.get(appServers.size() - 1));
    }

    private void quietTime() {
        quiet = true;
        time.pass(Duration.ofSeconds(330 + random.nextInt(70)));
        quiet = false;
    }

    /**
     * Whether all nodes are complete, and every app server knows, and has known it long enough to have polled since.
     */
    private boolean allComplete() {
        boolean complete = appServers.stream().allMatch(SimulatedAppServer::believesAllComplete)
                && servers.stream().allMatch(this::complete);
        completeSince = complete ? Math.min(completeSince, time.nanoTime()) : Long.MAX_VALUE;
        return complete && time.nanoTime() - completeSince > POLLED.toNanos();
    }

    private boolean complete(SimulatedServer server) {
        Bookkeeping keys = new Bookkeeping("app");
        return says(server, keys.stampKey(), Bookkeeping.complete(new NodeStatistics(server.memory.statistics(""))))
                && servers.stream()
                        .filter(other -> other != server)
                        .allMatch(
                                other -> says(other, keys.markKey(server.id), Bookkeeping.clear(NodeStatistics.NONE)));
    }

    private static boolean says(SimulatedServer server, String key, byte[] expected) {
        return server.memory
                .value(key)
                .filter(value -> Arrays.equals(value, expected))
                .isPresent();
    }

    private void await(String what, BooleanSupplier condition) {
        long until = time.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()
                && time.nanoTime() < until
                && history.violations().isEmpty()) {
            time.pass(Duration.ofMillis(10));
        }
        if (!condition.getAsBoolean() && history.violations().isEmpty()) {
            history.violations().add("not in " + PATIENCE + ": " + what);
        }
    }

    private void trace(String what) {
        trace.add(new Event(time.nanoTime(), what));
    }

    private record Event(long at, String what) {
        @Override
        public String toString() {
            return String.format("%9.1f %s", at / 1e6, what);
        }
    }
}
