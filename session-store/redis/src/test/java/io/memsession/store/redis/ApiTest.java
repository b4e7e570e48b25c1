package io.memsession.store.redis;

import io.memsession.store.Api;
import org.junit.jupiter.api.Test;

/** What this module offers: hardly anything, as the engine finds it by itself. */
class ApiTest {
    @Test
    void theApiIsTheOneThatIsListed() {
        Api.check("memsession-redis", RedisNodes.class);
    }
}
