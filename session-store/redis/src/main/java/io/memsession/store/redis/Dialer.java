package io.memsession.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.memsession.store.HostResolver;
import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is made: the name is resolved, the socket connected, the login shown, and the server asked what it
 * is. Blocks, in bounded time.
 */
final class Dialer {
    private final NodeAddress address;
    private final Duration timeout;
    private final boolean opaque;
    private final Peer peer;
    private final Client client;

    /**
     * What dials.
     *
     * @param timeout how long connecting may take, and the greeting after it
     * @param opaque whether the server is examined before it is used
     */
    Dialer(NodeAddress address, Duration timeout, boolean opaque) {
        this.address = address;
        this.timeout = timeout;
        this.opaque = opaque;
        this.peer = new Peer(address);
        this.client = new Client(Threads.take(), address, timeout);
    }

    NodeAddress address() {
        return address;
    }

    Peer peer() {
        return peer;
    }

    /**
     * A new connection, to the first of the host's addresses where a server answers. They share the time that one would
     * have.
     */
    Line dial() throws NodeFailure {
        List<InetAddress> candidates = resolve();
        Duration share = timeout.dividedBy(candidates.size());
        NodeFailure last = null;
        for (InetAddress candidate : candidates) {
            try {
                return dial(candidate, share);
            } catch (NodeFailure e) {
                last = e;
            }
        }
        throw last == null ? peer.unreachable("has no address", null) : last;
    }

    private List<InetAddress> resolve() throws NodeFailure {
        try {
            return HostResolver.SYSTEM.ordered(address.host());
        } catch (UnknownHostException e) {
            throw peer.unreachable("is at an unknown host", e);
        }
    }

    private Line dial(InetAddress candidate, Duration limit) throws NodeFailure {
        Line line = connect(candidate, limit);
        try {
            if (opaque) {
                line.abilities(new Examination(this, candidate, limit).abilities());
            } else {
                greet(line, limit);
            }
            return line;
        } catch (NodeFailure | RuntimeException | Error e) {
            line.end("was not taken into use", e);
            throw e;
        }
    }

    /** A connection on which nothing was asked yet. */
    Line connect(InetAddress candidate, Duration limit) throws NodeFailure {
        CompletableFuture<Line> connecting = client.connect(candidate, peer);
        try {
            return await(connecting, limit);
        } catch (NodeFailure e) {
            var unused = connecting.thenAccept(late -> late.end("came too late", null));
            throw e;
        }
    }

    /** Asks a connection that is in use whether it still works. */
    void check(Line line) throws NodeFailure {
        if (opaque) {
            await(Questions.get(line, "memsession:probe"), timeout);
        } else {
            greet(line, timeout);
        }
    }

    private void greet(Line line, Duration limit) throws NodeFailure {
        ServerInfo info = await(Questions.info(line), limit);
        if (info.life().isEmpty()) {
            throw peer.rejected("does not tell its run_id, without which a restart with old data cannot be noticed;"
                    + " if it is a proxy, write its address without an id, as in redis://host:port");
        }
        if (info.follows()) {
            throw peer.rejected(
                    "follows another Redis and takes no writes: name the one that it follows, or a Redis that"
                            + " follows none");
        }
    }

    /** What comes of it within that time. */
    <T> T await(CompletableFuture<T> answer, Duration limit) throws NodeFailure {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw peer.timedOut(limit);
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw peer.unreachable("was not asked", e);
        }
    }

    private NodeFailure failure(@Nullable Throwable error) {
        if (error instanceof NodeFailure failure) {
            return failure;
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RedisCommandExecutionException) {
                return peer.rejected(
                        "refuses the login (" + cause.getMessage() + "): see the user and password in its address");
            }
        }
        return peer.unreachable(Peer.loss(error, "cannot be connected to"), error);
    }

    /** Fails the answer if it does not come within the timeout. */
    void limit(CompletableFuture<?> answer) {
        var unused = client.getResources()
                .timer()
                .newTimeout(
                        late -> answer.completeExceptionally(peer.timedOut(timeout)),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Ends the threads too, if they carry nothing else, when nothing is left of that connection. */
    void close(@Nullable Line line) {
        CompletableFuture<Void> closed = line == null ? CompletableFuture.completedFuture(null) : line.closed();
        var unused = closed.thenCompose(done -> client.end()).whenComplete((ended, error) -> Threads.giveBack());
    }
}
