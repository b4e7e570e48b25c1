package io.memsession.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** What is told of nodes that are lost, with a pair of Redis servers. */
@Tag("long")
class RedisNodeLossIT extends NodeLossIT {

    @AfterAll
    static void stop() {
        Clusters.stopThoseOnRedis();
    }

    @Override
    Cluster whole(Host host) {
        return Clusters.wholeOnRedis(host);
    }
}
