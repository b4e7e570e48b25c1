package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import java.util.stream.Stream;

/**
 * The JDK's immutable list of any length. One that comes from a stream may hold nulls, and be asked whether it does;
 * one from {@code List.of} throws then. They share a class.
 */
final class ImmutableListSerializer extends Serializer<List<?>> {
    private static final PartsSerializer<List<?>> OF = new PartsSerializer<>((kryo, list) -> list.toArray(), List::of);
    private static final PartsSerializer<List<?>> OF_STREAM = new PartsSerializer<>(
            (kryo, list) -> list.toArray(), parts -> Stream.of(parts).toList());

    @Override
    public void write(Kryo kryo, Output output, List<?> list) {
        boolean nullable = mayHoldNulls(list);
        output.writeBoolean(nullable);
        (nullable ? OF_STREAM : OF).write(kryo, output, list);
    }

    @Override
    public List<?> read(Kryo kryo, Input input, Class<? extends List<?>> type) {
        return (input.readBoolean() ? OF_STREAM : OF).read(kryo, input, type);
    }

    @SuppressWarnings("ReturnValueIgnored")
    private static boolean mayHoldNulls(List<?> list) {
        try {
            list.contains(null);
            return true;
        } catch (NullPointerException e) {
            return false;
        }
    }
}
