package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import java.lang.reflect.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of an application's class, created without its constructor, as Java serialization does; then its fields.
 */
final class FieldsSerializer<T> extends NamedSerializer<T> {

    FieldsSerializer(Class<?> type, Map<String, Field> fields) {
        super(type, fields);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        T object = kryo.newInstance(type);
        kryo.reference(object);
        for (int place : readPlaces(kryo, (BoundedInput) input)) {
            Object value = readValue(kryo, input, place);
            if (place >= 0) {
                set(object, field(place), value);
            }
        }
        return object;
    }

    private static void set(Object object, Field field, @Nullable Object value) {
        try {
            field.set(object, value);
        } catch (IllegalAccessException | IllegalArgumentException | NullPointerException e) {
            String found = value == null ? "null" : value.getClass().getName();
            throw new KryoException("field " + field + " cannot hold the " + found + " that was written", e);
        }
    }
}
