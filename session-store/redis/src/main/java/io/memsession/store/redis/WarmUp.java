package io.memsession.store.redis;

import io.memsession.store.NodeAddress;
import io.memsession.store.NodeFailure;
import io.memsession.store.RedisAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A first connection that goes nowhere, to a listener of its own. Loading Lettuce and Netty takes a second on a small
 * machine, which is no server's fault: it must be over before a node's deadline runs.
 */
final class WarmUp {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final AtomicBoolean DONE = new AtomicBoolean();

    private WarmUp() {}

    /** Does it, unless it was done in this JVM. Blocks, in bounded time. */
    static void once() {
        if (!DONE.compareAndSet(false, true)) {
            return;
        }
        InetAddress here = InetAddress.getLoopbackAddress();
        try (ServerSocket listener = new ServerSocket(0, 1, here)) {
            NodeAddress address =
                    new NodeAddress("here", here.getHostAddress(), listener.getLocalPort(), RedisAccess.PLAIN);
            Dialer dialer = new Dialer(address, BOUND, false);
            Line line = null;
            try {
                line = dialer.connect(here, BOUND);
                var unused = Questions.get(line, "warm-up");
                line.end("was only to be made", null);
            } finally {
                dialer.close(line);
            }
        } catch (IOException | NodeFailure e) {
            // then the first node has to wait for it
        }
    }
}
