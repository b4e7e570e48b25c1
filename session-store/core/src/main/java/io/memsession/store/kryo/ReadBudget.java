package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What reading one attribute may cost where its bytes may be anybody's. Two things cost more than the bytes let expect:
 * hashing or comparing objects that hold the same others again and again, which doubles with each level ("SerialDOS"),
 * and keys with one hash code, whose number counts squared. The first is counted before it is done, the second stopped
 * by the processor time that it took.
 */
final class ReadBudget {
    /** So many objects may be hashed; one met on several ways counts on each. */
    static final long MAX_HASHED = 1 << 20;

    private static final long NANOS = 50_000_000;
    private static final long NANOS_EACH = 5_000;
    private static final int FEW = 64;
    private static final int LOOK_EVERY = 8;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final boolean limited;
    private long hashed;
    private long begun;
    private long spent;

    ReadBudget(boolean limited) {
        this.limited = limited;
    }

    /** Says that so many objects are going to be hashed or compared. */
    void hash(long objects) {
        hashed += objects;
        if (limited && (objects > MAX_HASHED || hashed > MAX_HASHED)) {
            throw new KryoException(
                    "hashing its objects would take too long: they hold each other in too many ways, or a java.net.URL"
                            + " is a key, or in one, and its host would be looked up");
        }
    }

    /** Says that the next of so many keys or elements is put among the others. */
    void put(int next, int of) {
        if (limited && of > FEW) {
            if (next == 0) {
                begun = now();
            } else if (next % LOOK_EVERY == 0) {
                look(of * NANOS_EACH);
            }
        }
    }

    /** Starts measuring. */
    void begin() {
        begun = now();
    }

    /** Takes what has passed since the beginning or the last look, and throws if all of it is too much. */
    void look(long extraNanos) {
        long now = now();
        spent += now - begun;
        begun = now;
        if (spent > NANOS + extraNanos) {
            throw new KryoException("its keys are so alike that putting them together would take too long");
        }
    }

    /** Processor time: a busy machine, or a pause of the JVM, must not make an attribute unreadable. */
    private static long now() {
        try {
            long time = THREADS.getCurrentThreadCpuTime();
            return time >= 0 ? time : System.nanoTime();
        } catch (UnsupportedOperationException e) {
            return System.nanoTime(); // a virtual thread has none
        }
    }
}
