package io.memsession.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisReadOnlyException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.memsession.store.NodeFailure;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection to a Redis, from its first byte to its last; it has a number that no other has. When it is lost it is
 * over: whatever is open fails, and another connection is another instance. An answer that is not what was asked for
 * ends it too, as the next one could be that of another question.
 */
final class Line {
    /** More questions than this are open only when the server hangs. */
    static final int MOST_OPEN = 16_384;

    private static final String LOST = "closed the connection, or lost it, or gave an answer that is none";
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long number = NUMBERS.incrementAndGet();
    private final Peer peer;
    private final StatefulRedisConnection<String, byte[]> wire;
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, CompletableFuture<?>> open = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable NodeFailure> over = new AtomicReference<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private volatile Abilities abilities = Abilities.ALL;

    Line(Peer peer, StatefulRedisConnection<String, byte[]> wire) {
        this.peer = peer;
        this.wire = wire;
        wire.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
                end(LOST, null);
            }
        });
        if (!wire.isOpen()) { // lost before anybody listened
            end(LOST, null);
        }
    }

    long number() {
        return number;
    }

    boolean isOver() {
        return over.get() != null;
    }

    /** What the server can do. */
    Abilities abilities() {
        return abilities;
    }

    void abilities(Abilities found) {
        abilities = found;
    }

    /**
     * Asks the server something.
     *
     * @param reading makes the answer of what the server said, which may be null
     */
    <T, A> CompletableFuture<A> ask(
            Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command, Function<? super T, A> reading) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        if (open.size() >= MOST_OPEN) {
            answer.completeExceptionally(peer.unreachable("was not asked: " + MOST_OPEN + " questions are open", null));
            return answer;
        }
        Long question = asked.incrementAndGet();
        open.put(question, answer);
        var unused = answer.whenComplete((value, error) -> open.remove(question));
        if (!isOver()) {
            send(command, reading, answer);
        }
        NodeFailure lost = over.get(); // looked at after the answer was opened: end() may have missed it
        if (lost != null) {
            answer.completeExceptionally(lost);
        }
        return answer;
    }

    private <T, A> void send(
            Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command,
            Function<? super T, A> reading,
            CompletableFuture<A> answer) {
        try {
            var unused = command.apply(wire.async()).<A>thenApply(reading).whenComplete((value, error) -> {
                if (error == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(failure(error));
                }
            });
        } catch (RuntimeException e) {
            answer.completeExceptionally(peer.unreachable("was not asked", e));
        }
    }

    private NodeFailure failure(Throwable wrapped) {
        Throwable error =
                wrapped instanceof CompletionException && wrapped.getCause() != null ? wrapped.getCause() : wrapped;
        if (error instanceof RedisReadOnlyException) {
            end("follows another server by now, and takes no writes", error);
        } else if (error instanceof RedisCommandExecutionException) {
            return peer.answered(error);
        } else {
            end(Peer.loss(error, LOST), error);
        }
        NodeFailure lost = over.get();
        return lost == null ? peer.unreachable("is not connected", error) : lost;
    }

    /** Ends the connection, from whatever thread; all that is open fails. Does nothing if it is over. */
    void end(String why, @Nullable Throwable cause) {
        NodeFailure lost = peer.unreachable(why, cause);
        if (!over.compareAndSet(null, lost)) {
            return;
        }
        var unused = wire.closeAsync().whenComplete((done, error) -> closed.complete(null));
        open.values().forEach(answer -> answer.completeExceptionally(lost));
    }

    /** Completes when nothing is left of it, once it was ended. */
    CompletableFuture<Void> closed() {
        return closed;
    }
}
