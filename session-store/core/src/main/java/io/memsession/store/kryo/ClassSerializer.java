package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** A class literal, by name. Reading one initialises nothing. */
final class ClassSerializer extends Serializer<Class<?>> {

    @Override
    public void write(Kryo kryo, Output output, Class<?> type) {
        if (!((SessionKryo) kryo).classes().find(type)) {
            throw new Refused("class " + type.getName() + " is not found by that name in the application");
        }
        output.writeString(type.getName());
    }

    @Override
    public Class<?> read(Kryo kryo, Input input, Class<? extends Class<?>> type) {
        String name = ((BoundedInput) input).readText();
        try {
            return ((SessionKryo) kryo).classes().named(name);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new KryoException("class " + name + " is not found here", e);
        }
    }
}
