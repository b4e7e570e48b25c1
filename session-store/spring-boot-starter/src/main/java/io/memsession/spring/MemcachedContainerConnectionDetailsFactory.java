package io.memsession.spring;

import io.memsession.store.NodeAddress;
import java.util.List;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/** Takes each memcached of Testcontainers that a test names a service connection as a node. */
final class MemcachedContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, MemcachedConnectionDetails> {

    private static final int PORT = 11211;

    MemcachedContainerConnectionDetailsFactory() {
        super(List.of("memcached", "bitnami/memcached"));
    }

    @Override
    protected MemcachedConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new ContainerDetails(source);
    }

    private static final class ContainerDetails extends ContainerConnectionDetails<Container<?>>
            implements MemcachedConnectionDetails {

        ContainerDetails(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public List<NodeAddress> nodes() {
            Container<?> container = getContainer();
            int port = container.getMappedPort(PORT);
            return List.of(new NodeAddress("n1", container.getHost(), port));
        }
    }
}
