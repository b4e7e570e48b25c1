package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.List;
import java.util.Map;

/** A map of the JDK that starts empty: its kind, then its entries in order. */
final class MapSerializer<T extends Map<Object, Object>> extends Serializer<T> {
    private final Kind<T> kind;

    MapSerializer(Kind<T> kind) {
        this.kind = kind;
    }

    @Override
    public void write(Kryo kryo, Output output, T map) {
        kind.write((SessionKryo) kryo, output, map);
        List<Object> content = Snapshot.of(map); // first, as its size may change meanwhile
        output.writeVarInt(content.size(), true);
        for (Object keyOrValue : content) {
            kryo.writeClassAndObject(output, keyOrValue);
        }
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        T map = kind.read((SessionKryo) kryo, input);
        kryo.reference(map);
        int entries = ((BoundedInput) input).readCount() / 2;
        Object[] content = new Object[2 * entries];
        SessionKryo session = (SessionKryo) kryo;
        for (int i = 0; i < content.length; i += 2) {
            long before = session.weight();
            content[i] = kryo.readClassAndObject(input);
            session.budget().hash(session.weight() - before);
            content[i + 1] = kryo.readClassAndObject(input);
        }
        for (int i = 0; i < entries; i++) { // only now: a key may hold the map itself
            session.budget().put(i, entries);
            map.put(content[2 * i], content[2 * i + 1]);
        }
        return map;
    }
}
