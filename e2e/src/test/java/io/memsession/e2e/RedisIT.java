package io.memsession.e2e;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shortest way through all of it, with a pair of Redis servers; what takes longer is in the classes beside. */
@Tag("servers")
@ExtendWith(LogsOnFailure.class)
class RedisIT {

    @AfterAll
    static void stop() {
        Clusters.stopThoseOnRedis();
    }

    @OnOneHost
    void losesNothingWhenOneRedisAfterTheOtherIsKilledUnderLoad(Host host) {
        NodeLossIT.killOneAfterTheOther(Clusters.wholeOnRedis(host));
    }
}
