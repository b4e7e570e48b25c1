package io.memsession.store.spy;

import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a node, from its first byte to its last; it has a number that no other has. It is a thread, since
 * spymemcached's connection is one.
 *
 * <p>spymemcached would connect again by itself and send once more what it had in its queues, under the new connection.
 * CAS ids start again when a memcached restarts, so that a question sent twice could replace a copy that nobody saw. So
 * here a connection that is lost is over: whatever is open fails, the thread ends, and another connection is another
 * instance.
 */
final class SpyConnection extends MemcachedConnection {
    private static final System.Logger LOG = System.getLogger(SpyConnection.class.getName());
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** More questions than this are open only when the node hangs. */
    private static final int MAX_OPEN = 16_384;

    private final Peer peer;
    private final Dialect dialect;
    private final Abilities abilities;
    private final MemcachedNode wire;
    private final InetSocketAddress remote;
    private final Set<Exchange<?>> open = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable NodeFailure> over = new AtomicReference<>();
    private final boolean whole;

    private SpyConnection(NodeAddress address, Dialect dialect, Abilities abilities, ConnectedChannel settings)
            throws IOException {
        super(
                settings.getReadBufSize(),
                settings,
                List.of(),
                List.of(),
                settings.getFailureMode(),
                settings.getOperationFactory());
        this.peer = new Peer(address, NUMBERS.incrementAndGet());
        this.dialect = dialect;
        this.abilities = abilities;
        this.wire = settings.node();
        this.remote = settings.remote();
        wire.setConnection(this);
        wire.setSk(settings.selectable().register(selector, 0, wire));
        wire.connected();
        setName("memsession-" + address.id() + "-" + address.hostAndPort());
        whole = true;
    }

    /** A running connection over a channel that is connected and non-blocking, which it owns from now on. */
    static SpyConnection over(NodeAddress address, Dialect dialect, Abilities abilities, ConnectedChannel settings)
            throws IOException {
        SpyConnection connection = new SpyConnection(address, dialect, abilities, settings);
        try {
            connection.start();
            return connection;
        } catch (Error e) { // no more threads
            connection.end("could not be listened to", e);
            throw e;
        }
    }

    long number() {
        return peer.connection();
    }

    boolean isOver() {
        return over.get() != null;
    }

    /**
     * Asks the server something.
     *
     * @param asker who asks, for {@link #giveUp}
     */
    <T> CompletableFuture<T> ask(Object asker, Function<Peer, Exchange<T>> question) {
        Exchange<T> exchange = question.apply(peer);
        if (open.size() >= MAX_OPEN) {
            exchange.fail(peer.unreachable("was not asked: " + MAX_OPEN + " questions are open", null));
            return exchange.answer();
        }
        exchange.openIn(open, asker);
        if (!isOver()) {
            enqueue(exchange);
        }
        NodeFailure lost = over.get(); // looked at after the exchange was opened: end() may have missed it
        if (lost != null) {
            exchange.fail(lost);
        }
        return exchange.answer();
    }

    Dialect dialect() {
        return dialect;
    }

    /** What the server can do. */
    Abilities abilities() {
        return abilities;
    }

    /** Where the server is: of a name's addresses, the one that took the connection. */
    InetSocketAddress remote() {
        return remote;
    }

    /** Fails what that asker has open. */
    void giveUp(Object asker, String why) {
        open.stream()
                .filter(exchange -> exchange.isOwnedBy(asker))
                .forEach(exchange -> exchange.fail(peer.unreachable(why, null)));
    }

    /** Ends the connection, from whatever thread; all that is open fails. Does nothing if it is over. */
    void end(String why, @Nullable Throwable cause) {
        NodeFailure lost = peer.unreachable(why, cause);
        if (!over.compareAndSet(null, lost)) {
            return;
        }
        try {
            shutdown();
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "closing the connection to {0}: {1}", peer.address(), e);
        }
        open.forEach(exchange -> exchange.fail(lost));
    }

    /** Nothing is asked with the caller's interrupt set: spymemcached would refuse it, as if the node had failed. */
    private void enqueue(Exchange<?> exchange) {
        boolean interrupted = Thread.interrupted();
        try {
            addOperation(wire, exchange);
        } catch (RuntimeException e) {
            exchange.fail(peer.unreachable("was not asked", e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The super constructor starts the thread; this one waits until its fields are set. */
    @Override
    public synchronized void start() {
        if (whole) {
            super.start();
        }
    }

    @Override
    public void run() {
        Throwable cause = null;
        try {
            super.run();
        } catch (Throwable e) { // even an Error must not leave a future open
            cause = e;
        } finally {
            end("is no longer listened to", cause);
        }
    }

    /** The channel is connected already. */
    @Override
    protected List<MemcachedNode> createConnections(Collection<InetSocketAddress> none) {
        return List.of();
    }

    /** Called when the connection is lost, however that was found out. */
    @Override
    protected void queueReconnect(MemcachedNode lost) {
        end("closed the connection, or it was lost", null);
    }

    /** Called each second that nothing happens: spymemcached listens only while it waits for an answer. */
    @Override
    protected void handleWokenUpSelector() {
        if (wire.hasReadOp() || wire.hasWriteOp()) {
            return;
        }
        try {
            int read = wire.getChannel().read(ByteBuffer.allocate(1));
            if (read != 0) {
                end(read < 0 ? "closed the connection" : "spoke without being asked", null);
            }
        } catch (IOException e) {
            end("lost the connection", e);
        }
    }
}
