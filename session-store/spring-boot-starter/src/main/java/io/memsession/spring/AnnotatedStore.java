package io.memsession.spring;

import io.memsession.store.AttributeCodec;
import io.memsession.store.EmbeddedNodes;
import io.memsession.store.Membership;
import io.memsession.store.NodeConnector;
import io.memsession.store.NodesByAddress;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreLog;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.InstantSource;
import java.util.List;

/** The store of an application that says with an annotation where its nodes are. */
final class AnnotatedStore {
    private AnnotatedStore() {}

    static SessionStore open(String nodes, String keyPrefix, ClassLoader classLoader) {
        List<String> names = nodes.isBlank() ? List.of() : List.of(nodes);
        Membership membership = StoreSettings.membership(names);
        StoreConfig config = StoreConfig.of(membership, StoreSettings.prefix(keyPrefix));
        AttributeCodec codec = new KryoAttributeCodec(classLoader);
        return SessionStore.open(
                config,
                connector(StoreSettings.embedded(names), Protocol.BINARY, config),
                codec,
                new StoreLog(
                        System.getLogger("io.memsession"), membership.nodes().size()));
    }

    /** What connects to nodes: to memcacheds or Redis servers, or to such as live in this JVM. */
    static NodeConnector connector(boolean embedded, Protocol protocol, StoreConfig config) {
        InstantSource clock = InstantSource.system();
        if (embedded) {
            return new EmbeddedNodes(clock);
        }
        SpyNodes memcacheds =
                new SpyNodes(protocol, config.operationTimeout(), config.maxRecordSize(), clock, config.line());
        return StoreSettings.checked("memsession.nodes", () -> NodesByAddress.of(config, memcacheds));
    }
}
