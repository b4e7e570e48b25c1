package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record as its components by name, created by its canonical constructor; a component that was not written is 0 or
 * null.
 */
final class RecordSerializer<T> extends NamedSerializer<T> {
    private final Constructor<T> constructor;
    private final @Nullable Object[] defaults;
    private final int[] parameters; // by the places of the names

    RecordSerializer(Class<T> type, Map<String, Field> fields) {
        super(type, fields);
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        defaults = new Object[components.length];
        parameters = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            defaults[i] = Array.get(Array.newInstance(types[i], 1), 0);
            parameters[names().indexOf(components[i].getName())] = i;
        }
        constructor = canonical(type, types);
    }

    private static <T> Constructor<T> canonical(Class<T> type, Class<?>[] types) {
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new KryoException("record " + type.getName() + " lacks its constructor", e);
        }
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
        GraphReferences open = ((SessionKryo) kryo).references();
        open.begin(object);
        super.write(kryo, output, object);
        open.end();
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        @Nullable Object[] arguments = defaults.clone();
        for (int place : readPlaces(kryo, (BoundedInput) input)) {
            Object value = readValue(kryo, input, place);
            if (place >= 0) {
                arguments[parameters[place]] = value;
            }
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new KryoException("record " + type.getName() + " refused what was written", e.getCause());
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new KryoException("record " + type.getName() + " cannot hold what was written", e);
        }
    }
}
