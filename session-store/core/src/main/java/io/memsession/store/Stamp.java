package io.memsession.store;

/**
 * When and by whom something was last changed. Orders the changes of one attribute: the later clock wins, and between
 * equal clocks the writer decides, so that every app server decides alike.
 *
 * @param clock microseconds since 1970, moved on where needed so that a change is later than what its writer had seen
 * @param writer a random number of the engine instance that made the change
 */
record Stamp(long clock, long writer) implements Comparable<Stamp> {
    /** Earlier than every change. */
    static final Stamp NEVER = new Stamp(Long.MIN_VALUE, 0);

    static final int BYTES = 2 * Long.BYTES;

    @Override
    public int compareTo(Stamp other) {
        int byClock = Long.compare(clock, other.clock);
        return byClock != 0 ? byClock : Long.compare(writer, other.writer);
    }

    static Stamp later(Stamp a, Stamp b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
