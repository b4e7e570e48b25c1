package io.memsession.tomcat;

import io.memsession.store.NodeConnector;
import io.memsession.store.NodesByAddress;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.time.InstantSource;

/** What opens the store of one context. */
@FunctionalInterface
interface StoreOpener {
    /** Opens a store on memcacheds or Redis servers, with attributes written by Kryo. */
    StoreOpener MEMCACHED = StoreOpener::onMemcacheds;

    /**
     * Opens it, and returns when each node is up or known to be down.
     *
     * @param application the class loader of the web application, which knows the attributes' classes
     * @param events what hears of what happens
     */
    SessionStore open(Settings settings, ClassLoader application, StoreEvents events);

    private static SessionStore onMemcacheds(Settings settings, ClassLoader application, StoreEvents events) {
        StoreConfig config = settings.store();
        NodeConnector memcacheds = new SpyNodes(
                settings.binary() ? Protocol.BINARY : Protocol.TEXT,
                config.operationTimeout(),
                config.maxRecordSize(),
                InstantSource.system(),
                config.line());
        NodeConnector nodes = NodesByAddress.of(config, memcacheds);
        return SessionStore.open(
                settings.enabled()
                        ? config
                        : config.withNodes(config.membership().addresses()),
                settings.enabled() ? nodes : NoNode::new,
                settings.encoding().codec(application, settings.protection().filter(application)),
                events);
    }
}
