package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A collection of the JDK that starts empty: its kind, then its elements in order. */
final class CollectionSerializer<T extends Collection<Object>> extends Serializer<T> {
    private static final int AT_ONCE = 64;

    private final Kind<T> kind;

    CollectionSerializer(Kind<T> kind) {
        this.kind = kind;
    }

    @Override
    public void write(Kryo kryo, Output output, T collection) {
        kind.write((SessionKryo) kryo, output, collection);
        List<Object> elements = Snapshot.of(collection); // first, as its size may change meanwhile
        output.writeVarInt(elements.size(), true);
        for (Object element : elements) {
            kryo.writeClassAndObject(output, element);
        }
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        T collection = kind.read((SessionKryo) kryo, input);
        kryo.reference(collection);
        Object[] elements = new Object[((BoundedInput) input).readCount()];
        SessionKryo session = (SessionKryo) kryo;
        long before = session.weight();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = kryo.readClassAndObject(input);
        }
        if (collection instanceof Set) {
            session.budget().hash(session.weight() - before);
            add(collection, Arrays.asList(elements), session.budget());
        } else {
            collection.addAll(Arrays.asList(elements)); // at once: each time, a copy-on-write list copies itself
        }
        return collection;
    }

    private static void add(Collection<Object> set, List<Object> elements, ReadBudget budget) {
        for (int i = 0; i < elements.size(); i += AT_ONCE) {
            budget.put(i, elements.size());
            set.addAll(elements.subList(i, Math.min(i + AT_ONCE, elements.size())));
        }
    }
}
