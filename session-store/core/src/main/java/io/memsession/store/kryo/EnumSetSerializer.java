package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.EnumSet;

/** A set of enum constants: their class, then their names. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumSetSerializer extends Serializer<EnumSet> {

    @Override
    public void write(Kryo kryo, Output output, EnumSet set) {
        EnumSet<?> copy = set.clone();
        EnumSet<?> some = copy.isEmpty() ? EnumSet.complementOf(copy) : copy;
        if (some.isEmpty()) {
            throw new NeedJava(set.getClass()); // of an enum without constants: its class cannot be asked
        }
        kryo.writeClass(output, some.iterator().next().getDeclaringClass());
        output.writeVarInt(copy.size(), true);
        copy.forEach(constant -> output.writeString(constant.name()));
    }

    @Override
    public EnumSet read(Kryo kryo, Input input, Class<? extends EnumSet> type) {
        Class<? extends Enum> constants = enumClass(kryo, input);
        EnumSet set = EnumSet.noneOf(constants);
        BoundedInput bounded = (BoundedInput) input;
        int size = bounded.readCount();
        for (int i = 0; i < size; i++) {
            set.add(Enum.valueOf(constants, bounded.readText()));
        }
        return set;
    }

    /** The enum that was written as a class. */
    static Class<? extends Enum> enumClass(Kryo kryo, Input input) {
        Registration registration = kryo.readClass(input);
        if (registration == null || !registration.getType().isEnum()) {
            throw new KryoException("an enum is missing");
        }
        return registration.getType();
    }
}
