package io.memsession.tomcat;

import io.memsession.store.Api;
import org.junit.jupiter.api.Test;

/** What both Tomcat jars offer: the attributes of what stands in a context.xml are setters. */
class ApiTest {
    @Test
    void theApiIsTheOneThatIsListed() {
        Api.check("memsession-tomcat", MemcachedSessionManager.class);
    }
}
