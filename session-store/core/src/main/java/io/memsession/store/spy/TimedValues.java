package io.memsession.store.spy;

import io.memsession.store.Copy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/** Values for a server that keeps no time: each carries its own end before it. */
final class TimedValues {
    /** Begins no other value that is kept. */
    private static final int MAGIC = 0x4D54_0001;

    private static final int HEADER = Integer.BYTES + Long.BYTES;

    private final InstantSource clock;

    TimedValues(InstantSource clock) {
        this.clock = clock;
    }

    /** The value with its end; zero means that it has none. */
    byte[] timed(byte[] value, Duration ttl) {
        return ByteBuffer.allocate(HEADER + value.length)
                .putInt(MAGIC)
                .putLong(end(ttl))
                .put(value)
                .array();
    }

    /** When a value that is kept now for that long is over, in milliseconds since 1970. */
    long end(Duration ttl) {
        return ttl.isZero() ? Long.MAX_VALUE : clock.millis() + ttl.toMillis();
    }

    /** The copy without its end; empty if that is past. */
    Optional<Copy> live(Copy copy) {
        byte[] value = copy.value();
        if (isOver(value)) {
            return Optional.empty();
        }
        return isTimed(value)
                ? Optional.of(new Copy(Arrays.copyOfRange(value, HEADER, value.length), copy.token()))
                : Optional.of(copy);
    }

    boolean isOver(byte[] value) {
        return isTimed(value) && ByteBuffer.wrap(value).getLong(Integer.BYTES) <= clock.millis();
    }

    private static boolean isTimed(byte[] value) {
        return value.length >= HEADER && ByteBuffer.wrap(value).getInt() == MAGIC;
    }
}
