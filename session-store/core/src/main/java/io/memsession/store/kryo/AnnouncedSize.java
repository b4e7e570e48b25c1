package io.memsession.store.kryo;

import java.nio.ByteBuffer;
import java.util.ConcurrentModificationException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The size that a collection of the JDK writes before its content in Java serialization, and what then follows. Most do
 * not notice when another thread changes them in between, and what they have written then cannot be read.
 */
final class AnnouncedSize {
    private static final Map<String, Place> PLACES = Map.of(
            "java.util.HashMap", new Place(Integer.BYTES, 2, true),
            "java.util.HashSet", new Place(2 * Integer.BYTES, 1, true),
            "java.util.TreeMap", new Place(0, 2, true),
            "java.util.TreeSet", new Place(0, 1, true),
            "java.util.IdentityHashMap", new Place(0, 2, true),
            "java.util.EnumMap", new Place(0, 2, true),
            "java.util.LinkedList", new Place(0, 1, true),
            "java.util.ArrayDeque", new Place(0, 1, false));

    /**
     * Where the size stands in the primitive data, how many objects there are for each, and whether some may be null.
     */
    private record Place(int at, int objects, boolean nulls) {}

    private final String className;
    private final @Nullable Place place;
    private long announced;
    private long found;

    /** For a class of that name; one that announces no size, or notices changes itself, always fits. */
    AnnouncedSize(String className) {
        this.className = className;
        this.place = PLACES.get(className);
    }

    /** Says that primitive data comes next. */
    void data(ByteBuffer data) {
        announced = place == null ? 0 : (long) place.objects * data.getInt(data.position() + place.at);
        found = 0;
    }

    /** Says that an object comes next, or null. */
    void object(boolean isNull) {
        found += isNull && place != null && !place.nulls ? 0 : 1;
    }

    /**
     * Says that this was all.
     *
     * @throws ConcurrentModificationException if there were more or fewer objects than announced
     */
    void end() {
        if (place != null && found != announced) {
            throw new ConcurrentModificationException("a " + className + " holds more or less than it says");
        }
    }
}
