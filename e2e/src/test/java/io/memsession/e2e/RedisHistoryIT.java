package io.memsession.e2e;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** The check of histories, with a pair of Redis servers. */
@Tag("long")
class RedisHistoryIT extends HistoryIT {

    @AfterAll
    static void stop() {
        Clusters.stopThoseOnRedis();
    }

    @Override
    Cluster whole(Host host) {
        return Clusters.wholeOnRedis(host);
    }

    /** Those that happen to processes: there is nothing between an app server and a Redis here. */
    @Override
    List<Fault> faults() {
        return List.of(Fault.KILL, Fault.HANG, Fault.RESTART, Fault.SERVER_KILL, Fault.SERVER_HANG);
    }
}
