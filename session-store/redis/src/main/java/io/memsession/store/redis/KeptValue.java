package io.memsession.store.redis;

import io.memsession.store.CasToken;
import io.memsession.store.Copy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A value as Redis keeps it: a number of eight bytes that no other write has, then the value. The number is what a copy
 * is compared by.
 *
 * <p>Redis has no CAS ids. A counter in the server would begin again when it restarts empty, so each writer draws its
 * own numbers, counting from one that it chose at random among 2<sup>64</sup>: two writers meet if one of them chose a
 * number that the other comes by.
 */
final class KeptValue {
    private static final AtomicLong NUMBERS = new AtomicLong(new SecureRandom().nextLong());

    private KeptValue() {}

    /** The number of another write. */
    static long next() {
        return NUMBERS.incrementAndGet();
    }

    static byte[] of(long number, byte[] value) {
        return ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(number)
                .put(value)
                .array();
    }

    /** As the scripts compare it. */
    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** What was kept there; a value that somebody else put there, and that is too short for a number, is empty. */
    static Copy copy(byte[] kept, long connection) {
        long number = kept.length < Long.BYTES ? 0 : ByteBuffer.wrap(kept).getLong();
        byte[] value = Arrays.copyOfRange(kept, Math.min(Long.BYTES, kept.length), kept.length);
        return new Copy(value, new CasToken(number, connection));
    }
}
