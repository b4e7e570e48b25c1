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
        await("all nodes complete at the start", this::allComplete);
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            createSession();
        }
        chooseBusySessions();
        changeBusySessionsNowAndThen();
        if (scenario.expires()) {
            createSessionsNowAndThen();
        }
        appServers.forEach(this::startRequests);
        for (int i = 0; i < FAULTS && history.violations().isEmpty(); i++) {
            time.pass(Duration.ofMillis(random.nextInt(400)));
            fault();
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
        time.pass(Duration.ofSeconds(5));
        if (scenario.skew().isZero()) {
            history.check();
        }
        return history.violations();
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

    /** Where sessions end by themselves there have to be new ones. */
    private void createSessionsNowAndThen() {
        time.after(Duration.ofMillis(500 + random.nextInt(1_000)), () -> {
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
        sessions.stream().filter(session -> random.nextInt(3) == 0).forEach(busy::add);
        if (busy.isEmpty()) {
            busy.add(sessions.get(random.nextInt(sessions.size())));
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
        return random.nextInt(300) == 0 ? 3_000 + random.nextInt(8_000) : random.nextInt(40);
    }

    private void fault() {
        Scenario.Fault fault = scenario.faults().stream()
                .skip(random.nextInt(scenario.faults().size()))
                .findFirst()
                .orElseThrow();
        SimulatedServer server = servers.get(random.nextInt(servers.size()));
        trace(fault + " of or at " + server.id);
        switch (fault) {
            case KILL -> {
                server.kill();
                lasting(3_000);
                server.start();
            }
            case HANG, SHORT_HANG -> {
                server.hang();
                lasting(fault == Scenario.Fault.HANG ? 5_000 : 400);
                server.resume();
            }
            case QUICK_RESTART -> {
                server.kill();
                server.start();
            }
            case CUT -> server.cut(anAppServer().link(servers.indexOf(server)));
            case KILL_APP_SERVER -> replace(anAppServer());
            case STALL_APP_SERVER -> anAppServer().stall(Duration.ofMillis(random.nextInt(3_000)));
            case ERRORS -> refuse(server, SimulatedServer.Refusing.ALL);
            case FULL -> refuse(server, SimulatedServer.Refusing.WRITES);
            case EVICT_RECORD, EVICT_BOOKKEEPING -> evict(server, fault == Scenario.Fault.EVICT_RECORD);
        }
        trace("over: " + fault);
    }

    private void lasting(int atMostMillis) {
        time.pass(Duration.ofMillis(random.nextInt(atMostMillis)));
    }

    private SimulatedAppServer anAppServer() {
        return appServers.get(random.nextInt(appServers.size()));
    }

    private void replace(SimulatedAppServer appServer) {
        appServers.remove(appServer);
        appServer.kill();
        time.pass(OPERATION);
        startAppServer();
        startRequests(appServers.get(appServers.size() - 1));
    }

    private void refuse(SimulatedServer server, SimulatedServer.Refusing what) {
        server.refuse(what);
        lasting(3_000);
        server.refuse(SimulatedServer.Refusing.NOTHING);
    }

    private void evict(SimulatedServer server, boolean record) {
        List<String> keys = server.memory.keys().stream()
                .filter(key -> record == new Bookkeeping("app").isRecord(key))
                .toList();
        server.memory.evict(keys.get(random.nextInt(keys.size())));
    }

    /**
     * Whether all nodes are complete, and every app server knows, and has known it long enough to have polled since.
     */
    private boolean allComplete() {
        boolean complete = servers.stream().allMatch(this::complete)
                && appServers.stream().allMatch(SimulatedAppServer::believesAllComplete);
        completeSince = complete ? Math.min(completeSince, time.nanoTime()) : Long.MAX_VALUE;
        return complete && time.nanoTime() - completeSince > POLLED.toNanos();
    }

    private boolean complete(SimulatedServer server) {
        Bookkeeping keys = new Bookkeeping("app");
        return says(server, keys.stampKey(), Bookkeeping.complete(new NodeStatistics(server.memory.statistics(""))))
                && servers.stream()
                        .filter(other -> other != server)
                        .allMatch(other -> says(other, keys.markKey(server.id), Bookkeeping.CLEAR));
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
