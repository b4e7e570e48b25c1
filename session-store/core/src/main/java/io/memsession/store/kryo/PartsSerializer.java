package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** An object that can only be created once its parts are there: wrappers, immutable collections. */
final class PartsSerializer<T> extends Serializer<T> {
    private final Split<T> split;
    private final Join<T> join;
    private final boolean hashes;

    private PartsSerializer(Split<T> split, Join<T> join, boolean hashes) {
        this.split = split;
        this.join = join;
        this.hashes = hashes;
    }

    /** For objects that do not hash their parts when they are created. */
    PartsSerializer(Split<T> split, Join<T> join) {
        this(split, join, false);
    }

    /** For objects that do. */
    static <T> PartsSerializer<T> hashing(Split<T> split, Join<T> join) {
        return new PartsSerializer<>(split, join, true);
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
        SessionKryo session = (SessionKryo) kryo;
        Object[] parts = split.parts(session, object);
        session.references().begin(object);
        output.writeVarInt(parts.length, true);
        for (Object part : parts) {
            kryo.writeClassAndObject(output, part);
        }
        session.references().end();
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        Object[] parts = new Object[((BoundedInput) input).readCount()];
        SessionKryo session = (SessionKryo) kryo;
        long before = session.weight();
        for (int i = 0; i < parts.length; i++) {
            parts[i] = kryo.readClassAndObject(input);
        }
        if (hashes) {
            session.budget().hash(session.weight() - before);
        }
        return join.object(parts);
    }

    /** What an object consists of. */
    interface Split<T> {
        Object[] parts(SessionKryo kryo, T object);
    }

    /** The object of these parts; they come from outside, so it may throw anything. */
    interface Join<T> {
        T object(Object[] parts);
    }
}
