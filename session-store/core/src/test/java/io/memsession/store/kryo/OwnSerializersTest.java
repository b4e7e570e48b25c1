package io.memsession.store.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.memsession.store.AttributeCodec;
import io.memsession.store.AttributeCodecException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnSerializersTest {

    /** Not Serializable. */
    interface Shape {
        int size();
    }

    record Circle(int size) implements Shape {}

    record Money(int size) {}

    static final class Sizes<T> extends Serializer<T> {
        @Override
        public void write(Kryo kryo, Output output, T object) {
            output.writeInt(object instanceof Shape shape ? shape.size() : ((Money) object).size());
        }

        @Override
        @SuppressWarnings("unchecked")
        public T read(Kryo kryo, Input input, Class<? extends T> type) {
            int size = input.readInt();
            return (T) (Shape.class.isAssignableFrom(type) ? new Circle(size) : new Money(size));
        }
    }

    private static AttributeCodec codec(ClassFilter filter) {
        return new KryoAttributeCodec(OwnSerializersTest.class.getClassLoader(), filter, kryo -> {
            kryo.register(Money.class, new Sizes<Money>());
            kryo.addDefaultSerializer(Shape.class, new Sizes<Shape>());
        });
    }

    @Test
    void writeClassesThatWouldBeRefusedOtherwise() throws Exception {
        AttributeCodec codec = codec(ClassFilter.trusting("f", ""));
        List<Object> value = new ArrayList<>(List.of(new Money(1), new Circle(2), new Money(3)));

        byte[] bytes = codec.encode(value);

        assertThat(codec.decode(bytes, 0, bytes.length)).isEqualTo(value);
        assertThatThrownBy(() -> new KryoAttributeCodec(getClass().getClassLoader()).encode(value))
                .isInstanceOf(AttributeCodecException.class);
    }

    @Test
    void passTheClassFilterToo() {
        AttributeCodec codec = codec(ClassFilter.strict("classFilter", "", name -> false));

        assertThatThrownBy(() -> codec.encode(new Money(1)))
                .isInstanceOf(AttributeCodecException.class)
                .hasMessageContaining("classFilter");
    }
}
