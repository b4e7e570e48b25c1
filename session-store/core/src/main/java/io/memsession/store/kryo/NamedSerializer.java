package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object as its fields by name, each value with its class: what Kryo's CompatibleFieldSerializer does (not chunked,
 * unknown fields read, extended names), so that servers with an older and a newer version of a class understand each
 * other. The names are written once per graph. Unlike there, a field's value is read once, so that a value that is
 * replaced while it is being written is written as the old one or the new one.
 */
abstract class NamedSerializer<T> extends Serializer<T> {
    private final Class<?> type;
    private final List<String> names;
    private final List<Field> fields;
    /**
     * The graph in which the names stand already; this serializer is of one Kryo, which is at work on one at a time.
     */
    private long written;

    private long placed;
    private int[] places = {};

    NamedSerializer(Class<?> type, Map<String, Field> fields) {
        this.type = type;
        this.names = List.copyOf(fields.keySet());
        this.fields = List.copyOf(fields.values());
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
        long graph = ((SessionKryo) kryo).graph();
        if (written != graph) {
            written = graph;
            output.writeVarInt(names.size(), true);
            names.forEach(output::writeString);
        }
        for (int i = 0; i < names.size(); i++) {
            try {
                kryo.writeClassAndObject(output, fields.get(i).get(object));
            } catch (IllegalAccessException e) {
                throw new KryoException("no access to " + fields.get(i), e);
            } catch (KryoException e) {
                throw traced(e, i);
            }
        }
    }

    /** The places, among this class's own fields, of the fields as written; -1 for one that is not known here. */
    final int[] readPlaces(Kryo kryo, BoundedInput input) {
        SessionKryo session = (SessionKryo) kryo;
        if (placed != session.graph()) {
            int[] found = new int[input.readCount()];
            for (int i = 0; i < found.length; i++) {
                found[i] = names.indexOf(input.readText());
                if (found[i] < 0) {
                    session.unknown();
                }
            }
            places = found;
            placed = session.graph();
        }
        return places;
    }

    /** The next field's value. A value of an unknown field is read too, as others may refer to it. */
    final @Nullable Object readValue(Kryo kryo, Input input, int place) {
        try {
            return kryo.readClassAndObject(input);
        } catch (KryoException e) {
            throw place < 0 ? e : traced(e, place);
        }
    }

    final Field field(int place) {
        return fields.get(place);
    }

    final List<String> names() {
        return names;
    }

    private KryoException traced(KryoException e, int place) {
        e.addTrace(type.getName() + "." + fields.get(place).getName());
        return e;
    }
}
