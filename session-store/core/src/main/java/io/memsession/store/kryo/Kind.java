package io.memsession.store.kryo;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a JDK collection or map is beside its content, so that a new, empty one is the same. */
interface Kind<T> {

    void write(SessionKryo kryo, Output output, T container);

    /** A new one, empty. */
    T read(SessionKryo kryo, Input input);

    /** Nothing beside its content. */
    static <T> Kind<T> plain(Supplier<T> empty) {
        return new Kind<>() {
            @Override
            public void write(SessionKryo kryo, Output output, T container) {
                // nothing
            }

            @Override
            public T read(SessionKryo kryo, Input input) {
                return empty.get();
            }
        };
    }

    /** A comparator, or none for the natural order. */
    static <T> Kind<T> sorted(
            Function<T, @Nullable Comparator<? super Object>> comparator,
            Function<@Nullable Comparator<Object>, T> empty) {
        return new Kind<>() {
            @Override
            public void write(SessionKryo kryo, Output output, T container) {
                kryo.references().begin(container);
                kryo.writeClassAndObject(output, comparator.apply(container));
                kryo.references().end();
            }

            @Override
            @SuppressWarnings("unchecked")
            public T read(SessionKryo kryo, Input input) {
                return empty.apply((Comparator<Object>) kryo.readClassAndObject(input));
            }
        };
    }

    /** For a LinkedHashMap: whether its order is that of access; otherwise it is that of insertion. */
    static Kind<Map<Object, Object>> linkedMap() {
        return new Kind<>() {
            @Override
            public void write(SessionKryo kryo, Output output, Map<Object, Object> map) {
                output.writeBoolean(kryo.innards().lastByteOf(map) == 1);
            }

            @Override
            public Map<Object, Object> read(SessionKryo kryo, Input input) {
                return input.readBoolean() ? new LinkedHashMap<>(16, 0.75f, true) : new LinkedHashMap<>();
            }
        };
    }
}
