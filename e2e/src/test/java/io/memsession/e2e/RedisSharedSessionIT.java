package io.memsession.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;

/** What is told of shared sessions, with a pair of Redis servers. */
@Tag("long")
class RedisSharedSessionIT extends SharedSessionIT {

    @AfterAll
    static void stop() {
        Clusters.stopThoseOnRedis();
    }

    @Override
    Cluster whole(Host host) {
        return Clusters.wholeOnRedis(host);
    }
}
