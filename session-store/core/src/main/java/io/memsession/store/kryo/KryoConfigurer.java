package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Kryo;

/**
 * An application's own serializers. Called for each Kryo that is made, on any thread.
 *
 * <p>{@link Kryo#register(Class, com.esotericsoftware.kryo.Serializer)} is for exactly that class,
 * {@link Kryo#addDefaultSerializer(Class, com.esotericsoftware.kryo.Serializer)} for its subclasses too; both may be
 * used for classes that are not Serializable. Classes keep being written by their names, and pass the class filter.
 * Where an object in the attribute needs Java serialization, the whole attribute goes that way, and these have no part
 * in it.
 */
@FunctionalInterface
public interface KryoConfigurer {
    /** Adds nothing. */
    KryoConfigurer NONE = kryo -> {};

    /** Adds serializers to that Kryo. */
    void configure(Kryo kryo);
}
