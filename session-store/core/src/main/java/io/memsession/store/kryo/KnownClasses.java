package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Serializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Classes of the JDK that have an id and a serializer of their own. The ids are part of the format: never changed,
 * never given to another class. 0 to 8 are Kryo's own (primitives and String).
 */
final class KnownClasses {
    private static final List<Known> ALL = collect();
    private static final Set<Class<?>> VALUES =
            ALL.stream().filter(Known::value).map(Known::type).collect(Collectors.toCollection(HashSet::new));

    static {
        VALUES.addAll(List.of(
                Boolean.class,
                Byte.class,
                Character.class,
                Short.class,
                Integer.class,
                Long.class,
                Float.class,
                Double.class,
                String.class));
    }

    private KnownClasses() {}

    static List<Known> all() {
        return ALL;
    }

    /** The classes whose objects are values: two equal ones need not be told apart, so references are not followed. */
    static Set<Class<?>> values() {
        return VALUES;
    }

    private static List<Known> collect() {
        List<Known> all = new ArrayList<>();
        all.addAll(KnownValues.all());
        all.addAll(KnownTimes.all());
        all.addAll(KnownObjects.all());
        all.addAll(KnownCollections.all());
        all.addAll(KnownWrappers.all());
        return List.copyOf(all);
    }

    /**
     * A known class.
     *
     * @param id constant for ever
     * @param value whether its objects have no identity worth keeping
     */
    record Known(int id, Class<?> type, Serializer<?> serializer, boolean value) {

        /** Immutable, and without identity. */
        static <T> Known value(
                int id, Class<T> type, LeafSerializer.Writer<T> writer, LeafSerializer.Reader<T> reader) {
            return new Known(id, type, new LeafSerializer<>(writer, reader), true);
        }

        /** Without other objects of the graph in it; one that is referred to twice is one object again. */
        static <T> Known leaf(int id, Class<T> type, LeafSerializer.Writer<T> writer, LeafSerializer.Reader<T> reader) {
            return new Known(id, type, new LeafSerializer<>(writer, reader), false);
        }

        /** With parts that must be there before it. The type is not T's, as the JDK hides most of these classes. */
        static <T> Known parts(int id, Class<?> type, Function<T, Object[]> split, PartsSerializer.Join<T> join) {
            return new Known(id, type, new PartsSerializer<T>((kryo, object) -> split.apply(object), join), false);
        }

        /** The same for one that hashes its parts when it is created. */
        static <T> Known hashed(int id, Class<?> type, Function<T, Object[]> split, PartsSerializer.Join<T> join) {
            PartsSerializer.Split<T> parts = (kryo, object) -> split.apply(object);
            return new Known(id, type, PartsSerializer.hashing(parts, join), false);
        }

        /** The only object of its class. */
        static Known single(int id, Object object) {
            return new Known(id, object.getClass(), new LeafSerializer<>((out, o) -> {}, in -> object), true);
        }
    }
}
