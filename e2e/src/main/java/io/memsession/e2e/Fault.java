package io.memsession.e2e;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Something that happens to one memcached, to the ways to it, or to one app server, and passes. */
public enum Fault {
    /** SIGKILL; started again, empty, after a while. */
    KILL(1500),
    /** SIGSTOP, and SIGCONT after 5 s: it goes on where it was. */
    HANG(5000),
    /** SIGKILL and started again at once, empty. */
    RESTART(0),
    /** Every connection to it ends with RST, new ones too, while it lives. */
    CUT(1500),
    /** It accepts connections and questions, and nothing is answered; what was asked arrives late. */
    SILENT(3000),
    /** It answers every question with an error. */
    ERRORS(1500),
    /** It comes back empty with room for 1 MB and is filled by others, so that it evicts and refuses. */
    FULL(3000),
    /** SIGKILL of an app server, within requests; started again after a while. */
    SERVER_KILL(1000),
    /** SIGSTOP of an app server, within requests, and SIGCONT after a while. */
    SERVER_HANG(3000);

    private final Duration lasts;

    Fault(long millis) {
        this.lasts = Duration.ofMillis(millis);
    }

    /** Those that are named, as in {@code kill,server-hang}; all for an empty text. */
    public static List<Fault> named(String names) {
        return names.isBlank()
                ? List.of(values())
                : Arrays.stream(names.split(","))
                        .map(name ->
                                valueOf(name.strip().toUpperCase(Locale.ROOT).replace('-', '_')))
                        .toList();
    }

    /** What it can happen to: the nodes, or the app servers. */
    public List<? extends ServerProcess> victims(Cluster cluster) {
        return this == SERVER_KILL || this == SERVER_HANG ? cluster.servers() : cluster.nodes();
    }

    /** This one, happening to the victim with that number, from 0. */
    Failure of(Cluster cluster, int number) {
        return new Failure() {
            @Override
            public ServerProcess victim() {
                return victims(cluster).get(number);
            }

            @Override
            public Duration lasts() {
                return lasts;
            }

            @Override
            public void begin() {
                Fault.this.begin(cluster, number);
            }

            @Override
            public void goOn() {
                if (Fault.this == FULL) {
                    cluster.memcacheds().get(number).fill();
                }
            }

            @Override
            public void end() {
                Fault.this.end(cluster, number);
            }
        };
    }

    private void begin(Cluster cluster, int number) {
        ServerProcess victim = victims(cluster).get(number);
        switch (this) {
            case KILL, SERVER_KILL -> victim.kill9();
            case HANG, SERVER_HANG -> victim.pause();
            case RESTART -> victim.restart();
            case CUT -> ways(cluster, number, FaultProxy.Mode.CUT);
            case SILENT -> ways(cluster, number, FaultProxy.Mode.SILENT);
            case ERRORS -> ways(cluster, number, FaultProxy.Mode.ERRORS);
            case FULL -> {
                MemcachedProcess node = cluster.memcacheds().get(number);
                node.options("-m", "1", "-I", "512k"); // an item may take half of it at most
                node.restart();
                node.fill();
            }
        }
    }

    private void end(Cluster cluster, int number) {
        ServerProcess victim = victims(cluster).get(number);
        switch (this) {
            case KILL, SERVER_KILL -> victim.restart();
            case HANG, SERVER_HANG -> victim.resume();
            case FULL -> {
                cluster.memcacheds().get(number).options();
                victim.restart();
            }
            default -> ways(cluster, number, FaultProxy.Mode.PASS);
        }
    }

    private static void ways(Cluster cluster, int number, FaultProxy.Mode mode) {
        cluster.ways(number).forEach(way -> way.mode(mode));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
