package io.memsession.sample;

import jakarta.servlet.ServletConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.spy.memcached.CachedData;
import net.spy.memcached.ConnectionFactory;
import net.spy.memcached.ConnectionFactoryBuilder;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedClient;
import net.spy.memcached.transcoders.Transcoder;
import org.jspecify.annotations.Nullable;

/**
 * Customers' pictures as plain values in every memcached, where nginx reads them by itself. They are copies: what
 * counts is in the customer's session.
 */
final class Pictures implements AutoCloseable {
    /** The memcacheds, as {@code host:port,host:port}; without them pictures are shown by the shop alone. */
    static final String SETTING = "shop.pictures";

    private static final String KEY = "picture:";
    private static final int DAY = 24 * 3600;
    private static final long MILLIS = 250;

    /** Bytes as they are, without flags: nginx hands them on as they are. */
    private static final Transcoder<byte[]> PLAIN = new Transcoder<>() {
        @Override
        public boolean asyncDecode(CachedData data) {
            return false;
        }

        @Override
        public CachedData encode(byte[] bytes) {
            return new CachedData(0, bytes, getMaxSize());
        }

        @Override
        public byte[] decode(CachedData data) {
            return data.getData();
        }

        @Override
        public int getMaxSize() {
            return Picture.MOST;
        }
    };

    private final List<MemcachedClient> nodes = new ArrayList<>();

    Pictures(String addresses) throws IOException {
        if (System.getProperty("net.spy.log.LoggerImpl") == null) {
            System.setProperty("net.spy.log.LoggerImpl", "net.spy.memcached.compat.log.SunLogger");
        }
        for (String address : addresses.split(",")) {
            int colon = address.lastIndexOf(':');
            if (colon > 0) {
                InetSocketAddress node = new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
                nodes.add(new MemcachedClient(settings(), List.of(node)));
            }
        }
    }

    private static ConnectionFactory settings() {
        return new ConnectionFactoryBuilder()
                .setProtocol(ConnectionFactoryBuilder.Protocol.TEXT)
                .setFailureMode(FailureMode.Cancel)
                .setMaxReconnectDelay(1)
                .setOpTimeout(MILLIS)
                .setDaemon(true)
                .build();
    }

    /** The pictures of that servlet's shop. */
    static Pictures of(ServletConfig servlet) throws IOException {
        return new Pictures(Place.setting(servlet, SETTING));
    }

    /** Puts a copy into every memcached that answers. */
    void put(String name, byte[] bytes) {
        nodes.stream()
                .map(node -> node.set(KEY + name, DAY, bytes, PLAIN))
                .toList()
                .forEach(Pictures::await);
    }

    /** A copy, from the first memcached that has one; those that were asked in vain get it too. */
    Optional<byte[]> get(String name) {
        for (int i = 0; i < nodes.size(); i++) {
            byte[] bytes = await(nodes.get(i).asyncGet(KEY + name, PLAIN));
            if (bytes != null) {
                nodes.subList(0, i).forEach(node -> await(node.add(KEY + name, DAY, bytes, PLAIN)));
                return Optional.of(bytes);
            }
        }
        return Optional.empty();
    }

    /** The answer; null if there is none in time. */
    private static <T> @Nullable T await(Future<T> answer) {
        try {
            return answer.get(MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            answer.cancel(false);
            return null; // that memcached is down; the next upload, or the next who asks, brings it the copy
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void close() {
        nodes.forEach(MemcachedClient::shutdown);
    }
}
