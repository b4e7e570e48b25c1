package io.memsession.store.line;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A socket's channel whose reads are over at a deadline for as long as it blocks, which channels know nothing of. */
final class TimedChannel {
    private final SocketChannel channel;
    private long deadline;

    TimedChannel(SocketChannel channel) {
        this.channel = channel;
    }

    SocketChannel channel() {
        return channel;
    }

    /** From now on what is read has to be there within that time. */
    void within(Duration limit) {
        deadline = System.nanoTime() + limit.toNanos();
    }

    /** Reads what there is into a buffer on the heap; -1 at the end. */
    int read(ByteBuffer into) throws IOException {
        if (!channel.isBlocking()) {
            return channel.read(into);
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
            throw new SocketTimeoutException("no whole answer in time");
        }
        channel.socket().setSoTimeout(Math.toIntExact(left));
        int read = channel.socket()
                .getInputStream()
                .read(into.array(), into.arrayOffset() + into.position(), into.remaining());
        if (read > 0) {
            into.position(into.position() + read);
        }
        return read;
    }

    /** Writes as much as the socket takes. */
    int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }
}
