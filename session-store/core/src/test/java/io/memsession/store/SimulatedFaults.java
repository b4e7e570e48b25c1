package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What goes wrong in one schedule, one thing after the other. */
final class SimulatedFaults {
    private final Scenario scenario;
    private final SimulatedTime time;
    private final Random random;
    private final List<SimulatedServer> servers;
    private final Consumer<SimulatedAppServer> replace;
    private final Runnable quietTime;
    private final Consumer<String> trace;

    SimulatedFaults(
            Scenario scenario,
            SimulatedTime time,
            Random random,
            List<SimulatedServer> servers,
            Consumer<SimulatedAppServer> replace,
            Runnable quietTime,
            Consumer<String> trace) {
        this.scenario = scenario;
        this.time = time;
        this.random = random;
        this.servers = servers;
        this.replace = replace;
        this.quietTime = quietTime;
        this.trace = trace;
    }

    /** One of the scenario's faults, at one of the servers, or of one of these app servers. */
    void next(List<SimulatedAppServer> appServers) {
        Scenario.Fault fault = scenario.faults().stream()
                .skip(random.nextInt(scenario.faults().size()))
                .findFirst()
                .orElseThrow();
        SimulatedServer server = servers.get(random.nextInt(servers.size()));
        SimulatedAppServer appServer = appServers.get(random.nextInt(appServers.size()));
        trace.accept(fault + " of or at " + server.id);
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
            case CUT -> server.cut(appServer.link(servers.indexOf(server)));
            case KILL_APP_SERVER -> replace.accept(appServer);
            case STALL_APP_SERVER -> appServer.stall(Duration.ofMillis(random.nextInt(3_000)));
            case ERRORS -> refuse(server, SimulatedServer.Refusing.ALL);
            case FULL -> refuse(server, SimulatedServer.Refusing.WRITES);
            case EVICT_RECORD -> evict(server, true);
            case EVICT_BOOKKEEPING -> evict(server, false);
            case QUIET_TIME -> quietTime.run();
        }
        trace.accept("over: " + fault);
    }

    /**
     * Where bookkeeping is evicted at all, it is meanwhile too: what was left of this very fault may be lost. Not where
     * sessions are renamed: one that is over is asked for under an id that nobody knows, and a node that has just
     * evicted something is not believed that alone.
     */
    private void lasting(int atMostMillis) {
        int millis = random.nextInt(atMostMillis);
        int first = random.nextInt(millis + 1);
        time.pass(Duration.ofMillis(first));
        boolean evicts = scenario.renames() == 0 && scenario.faults().contains(Scenario.Fault.EVICT_BOOKKEEPING);
        if (evicts && random.nextInt(3) == 0) {
            evict(servers.get(random.nextInt(servers.size())), false);
        }
        time.pass(Duration.ofMillis(millis - first));
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
        if (!keys.isEmpty()) {
            String key = keys.get(random.nextInt(keys.size()));
            trace.accept(server.id + " evicts " + key);
            server.memory.evict(key);
        }
    }
}
