package io.memsession.spring;

import io.memsession.store.InMemoryNode;
import io.memsession.store.InMemoryServer;
import io.memsession.store.NodeAddress;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.kryo.KryoAttributeCodec;
import java.time.InstantSource;
import java.util.Map;

/** Two servers in memory, and stores over them, one for each app server of a test. */
final class Stores {
    final InMemoryServer n1 = new InMemoryServer(InstantSource.system());
    final InMemoryServer n2 = new InMemoryServer(InstantSource.system());

    SessionStore open() {
        Map<String, InMemoryServer> servers = Map.of("n1", n1, "n2", n2);
        return SessionStore.open(
                StoreConfig.of(NodeAddress.parseList("nodes", "n1:a:1,n2:b:1"), "shop"),
                address -> new InMemoryNode(address.id(), servers.get(address.id())),
                new KryoAttributeCodec(Stores.class.getClassLoader()),
                StoreEvents.NONE);
    }
}
