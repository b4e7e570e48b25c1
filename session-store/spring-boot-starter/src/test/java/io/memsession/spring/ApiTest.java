package io.memsession.spring;

import io.memsession.store.Api;
import org.junit.jupiter.api.Test;

/** What the starter offers to applications, besides its properties. */
class ApiTest {
    @Test
    void theApiIsTheOneThatIsListed() {
        Api.check("memsession-spring-boot-starter", MemcachedSessionRepository.class);
    }
}
