package io.memsession.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.memsession.store.NodeAddress;
import io.memsession.store.RedisAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * Lettuce, as far as one node uses it: it connects to the address that it is told, and neither connects again nor sends
 * anything twice. It speaks RESP2 and says nothing that was not asked of it, as proxies close the connection at what
 * they do not know.
 */
final class Client extends RedisClient {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.ASCII, ByteArrayCodec.INSTANCE);

    private final RedisURI uri;
    private volatile SocketAddress target = new InetSocketAddress(0);

    Client(ClientResources threads, NodeAddress address, Duration timeout) {
        super(threads, new RedisURI());
        this.uri = uri(address, timeout);
        setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .pingBeforeActivateConnection(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .requestQueueSize(2 * Line.MOST_OPEN)
                .timeoutOptions(TimeoutOptions.create()) // the engine has deadlines of its own
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(timeout)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build())
                .build());
    }

    private static RedisURI uri(NodeAddress address, Duration timeout) {
        RedisAccess access = Objects.requireNonNull(address.redis());
        RedisURI.Builder builder = RedisURI.Builder.redis(address.host(), address.port())
                .withSsl(access.tls())
                .withDatabase(access.database())
                .withTimeout(timeout);
        String password = access.password();
        if (password != null && access.user().isEmpty()) {
            builder.withPassword(password.toCharArray());
        } else if (password != null) {
            builder.withAuthentication(access.user(), password.toCharArray());
        }
        RedisURI uri = builder.build();
        uri.setLibraryName("");
        uri.setLibraryVersion("");
        return uri;
    }

    /** One new connection, to that one of the host's addresses. Not to be called again before it has completed. */
    CompletableFuture<Line> connect(InetAddress candidate, Peer peer) {
        target = new InetSocketAddress(candidate, peer.address().port());
        return connectAsync(CODEC, uri).toCompletableFuture().thenApply(wire -> new Line(peer, wire));
    }

    /** The name was resolved already, and is only compared with the certificate. */
    @Override
    protected Mono<SocketAddress> getSocketAddress(RedisURI ignored) {
        return Mono.just(target);
    }

    /** Ends what is left of it, in the background. */
    CompletableFuture<Void> end() {
        return shutdownAsync(0, 1, TimeUnit.SECONDS);
    }
}
