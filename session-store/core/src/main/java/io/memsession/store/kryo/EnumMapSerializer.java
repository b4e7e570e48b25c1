package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.EnumMap;
import java.util.List;

/** A map with enum constants as keys: their class, then names and values in turn. */
@SuppressWarnings({"rawtypes", "unchecked"})
final class EnumMapSerializer extends Serializer<EnumMap> {

    @Override
    public void write(Kryo kryo, Output output, EnumMap map) {
        List<Object> content = Snapshot.of(map);
        if (content.isEmpty()) {
            throw new NeedJava(EnumMap.class); // the class of its keys cannot be asked
        }
        kryo.writeClass(output, ((Enum<?>) content.get(0)).getDeclaringClass());
        output.writeVarInt(content.size(), true);
        for (int i = 0; i < content.size(); i += 2) {
            output.writeString(((Enum<?>) content.get(i)).name());
            kryo.writeClassAndObject(output, content.get(i + 1));
        }
    }

    @Override
    public EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
        Class<? extends Enum> constants = EnumSetSerializer.enumClass(kryo, input);
        EnumMap map = new EnumMap(constants);
        kryo.reference(map);
        BoundedInput bounded = (BoundedInput) input;
        int entries = bounded.readCount() / 2;
        for (int i = 0; i < entries; i++) {
            Enum key = Enum.valueOf(constants, bounded.readText());
            map.put(key, kryo.readClassAndObject(input));
        }
        return map;
    }
}
