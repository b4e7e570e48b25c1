package io.memsession.spring;

import io.memsession.store.NodeAddress;
import java.util.List;
import org.springframework.boot.docker.compose.core.RunningService;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionDetailsFactory;
import org.springframework.boot.docker.compose.service.connection.DockerComposeConnectionSource;

/** Takes each memcached service of Docker Compose as a node. */
final class MemcachedDockerComposeConnectionDetailsFactory
        extends DockerComposeConnectionDetailsFactory<MemcachedConnectionDetails> {
    private static final int PORT = 11211;

    private static final String[] IMAGES = {"memcached", "bitnami/memcached"};

    MemcachedDockerComposeConnectionDetailsFactory() {
        super(IMAGES);
    }

    @Override
    protected MemcachedConnectionDetails getDockerComposeConnectionDetails(DockerComposeConnectionSource source) {
        return new ComposeDetails(source.getRunningService());
    }

    private static final class ComposeDetails extends DockerComposeConnectionDetails
            implements MemcachedConnectionDetails {
        private final List<NodeAddress> nodes;

        ComposeDetails(RunningService service) {
            super(service);
            nodes = List.of(
                    new NodeAddress("n1", service.host(), service.ports().get(PORT)));
        }

        @Override
        public List<NodeAddress> nodes() {
            return nodes;
        }
    }
}
