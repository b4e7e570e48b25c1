package io.memsession.store;

import org.junit.jupiter.api.Test;

/** What the engine offers to hosts, and to applications that bring serializers of their own. */
class ApiTest {
    @Test
    void theApiIsTheOneThatIsListed() {
        Api.check("memsession-core", SessionStore.class, "io.memsession.store.kryo", "io.memsession.store.line");
    }
}
