package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;

/** An object that holds no other objects of the graph, by two functions. */
final class LeafSerializer<T> extends Serializer<T> {
    private final Writer<T> writer;
    private final Reader<T> reader;

    LeafSerializer(Writer<T> writer, Reader<T> reader) {
        this.writer = writer;
        this.reader = reader;
    }

    @Override
    public void write(Kryo kryo, Output output, T object) {
        writer.write(output, object);
    }

    @Override
    public T read(Kryo kryo, Input input, Class<? extends T> type) {
        return reader.read((BoundedInput) input);
    }

    /** How it is written. */
    interface Writer<T> {
        void write(Output output, T object);
    }

    /** How it is read. */
    interface Reader<T> {
        T read(BoundedInput input);
    }
}
