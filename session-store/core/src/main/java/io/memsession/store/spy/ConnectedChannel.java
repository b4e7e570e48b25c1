package io.memsession.store.spy;

import io.memsession.store.line.OpenLine;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import net.spy.memcached.ArrayModNodeLocator;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.DefaultHashAlgorithm;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import net.spy.memcached.OperationFactory;
import net.spy.memcached.metrics.MetricType;
import net.spy.memcached.ops.Operation;
import net.spy.memcached.protocol.binary.BinaryOperationFactory;

/**
 * spymemcached's settings for one connection that is there already. It never sees an address to connect to, so it
 * cannot connect again by itself.
 */
final class ConnectedChannel extends DefaultConnectionFactory {
    private final OneByOneQueue<Operation> unwritten = new OneByOneQueue<>();
    private final OpenLine line;
    private final InetSocketAddress remote;
    private final Duration operationTimeout;
    private final MemcachedNode node;

    ConnectedChannel(OpenLine line, InetSocketAddress remote, Duration operationTimeout) {
        this.line = line;
        this.remote = remote;
        this.operationTimeout = operationTimeout;
        this.node = createMemcachedNode(remote, line.channel(), getReadBufSize());
    }

    /** What a selector is told of; with TLS it is not what is read from and written to. */
    SocketChannel selectable() {
        return line.selectable();
    }

    InetSocketAddress remote() {
        return remote;
    }

    MemcachedNode node() {
        return node;
    }

    @Override
    public NodeLocator createLocator(List<MemcachedNode> none) {
        return new ArrayModNodeLocator(List.of(node), DefaultHashAlgorithm.NATIVE_HASH);
    }

    /** Only chooses how spymemcached would join several questions into one, which it is told not to do. */
    @Override
    public OperationFactory getOperationFactory() {
        return new BinaryOperationFactory();
    }

    /** Unbounded, so that no caller ever waits for room: the connection counts what is open and refuses the rest. */
    @Override
    public BlockingQueue<Operation> createOperationQueue() {
        return new LinkedBlockingQueue<>();
    }

    @Override
    public BlockingQueue<Operation> createReadOperationQueue() {
        return isSecured() ? unwritten.written() : super.createReadOperationQueue();
    }

    @Override
    public BlockingQueue<Operation> createWriteOperationQueue() {
        return isSecured() ? unwritten : super.createWriteOperationQueue();
    }

    private boolean isSecured() {
        return line.channel() != line.selectable();
    }

    @Override
    public long getOpQueueMaxBlockTime() {
        return 0;
    }

    /** A question that waited longer than this for room on the wire is dropped unsent. */
    @Override
    public long getOperationTimeout() {
        return operationTimeout.toMillis();
    }

    @Override
    public FailureMode getFailureMode() {
        return FailureMode.Cancel;
    }

    @Override
    public boolean isDaemon() {
        return true;
    }

    /** Never used, since nobody listens; the default would make a pool. */
    @Override
    public ExecutorService getListenerExecutorService() {
        return ForkJoinPool.commonPool();
    }

    @Override
    public MetricType enableMetrics() {
        return MetricType.OFF;
    }
}
