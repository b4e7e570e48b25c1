package io.memsession.store.spy;

import io.memsession.store.HostResolver;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.Prober;
import io.memsession.store.SharedProbe;
import io.memsession.store.line.Line;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one connection to a node that everybody in this JVM shares, made anew by a probe once it is over. */
final class Link {

    /**
     * Where a link goes, and how: what makes two links the same.
     *
     * @param protocol the one that is wanted
     * @param opaque whether the server is examined before it is used
     * @param resolver what knows the addresses of the host's name
     * @param line how the server is reached
     */
    record Target(
            NodeAddress address,
            Protocol protocol,
            Duration operationTimeout,
            boolean opaque,
            HostResolver resolver,
            Line line) {}

    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|.*:.*");

    private final Target target;
    private final Peer peer;
    private final SharedProbe<SpyConnection> probe;
    private volatile @Nullable SpyConnection current;
    private volatile long movedFrom;
    private boolean closed; // guarded by this

    Link(Target target) {
        this.target = target;
        this.peer = new Peer(target.address, 0);
        this.probe = new SharedProbe<>(target.address, this::connectOrCheck);
    }

    /** How the server is reached. */
    Line line() {
        return target.line;
    }

    /** The connection, if there is one. */
    @Nullable
    SpyConnection current() {
        SpyConnection connection = current;
        return connection == null || connection.isOver() ? null : connection;
    }

    /**
     * Asks whether the node answers, connecting if there is no connection. Who asks meanwhile gets the same answer.
     *
     * @param told hears the connection, or why there is none
     */
    void probe(BiConsumer<? super SpyConnection, ? super Throwable> told) {
        var unused = probe.ask().whenComplete(told);
    }

    /** Ends the connection if it is still the one of that number. */
    void drop(long number) {
        SpyConnection connection = current;
        if (connection != null && connection.number() == number) {
            connection.end("was disconnected from here", null);
        }
    }

    /**
     * Ends the connection, if the host's name has had other addresses twice in a row: some name servers tell only a
     * part of them at a time.
     */
    void checkAddress() {
        if (current() != null && !LITERAL.matcher(target.address.host()).matches()) {
            Prober.start("memsession-name-" + target.address.id(), this::lookUp);
        }
    }

    private void lookUp() {
        SpyConnection connection = current();
        try {
            List<InetAddress> addresses = target.resolver.ordered(target.address.host());
            if (connection == null
                    || addresses.isEmpty()
                    || addresses.contains(connection.remote().getAddress())) {
                movedFrom = 0;
            } else if (movedFrom == connection.number()) {
                connection.end("is at another address now", null);
            } else {
                movedFrom = connection.number();
            }
        } catch (UnknownHostException e) {
            movedFrom = 0; // says nothing of where the server is
        }
    }

    void close() {
        SpyConnection connection;
        synchronized (this) {
            closed = true;
            connection = current;
        }
        if (connection != null) {
            connection.end("is closed", null);
        }
    }

    private SpyConnection connectOrCheck() throws NodeFailure {
        SpyConnection present = current();
        return present == null ? connect() : check(present);
    }

    private SpyConnection connect() throws NodeFailure {
        SpyConnection connection = new Dialer(target).dial();
        synchronized (this) {
            if (!closed) {
                current = connection;
                return connection;
            }
        }
        connection.end("is closed", null);
        throw peer.unreachable("is closed", null);
    }

    private SpyConnection check(SpyConnection connection) throws NodeFailure {
        try {
            connection
                    .ask(this, connection.dialect()::version)
                    .get(target.operationTimeout.toMillis(), TimeUnit.MILLISECONDS);
            return connection;
        } catch (TimeoutException e) {
            throw peer.timedOut(target.operationTimeout);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof NodeFailure failure ? failure : peer.unreachable("failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw peer.unreachable("was not asked", e);
        }
    }
}
