package io.memsession.store.kryo;

import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The serializers that the application's {@link KryoConfigurer} added to one Kryo. */
final class OwnSerializers {
    private static final int BY_NAME = -1; // as Kryo counts

    private final ClassFilter filter;
    private final Map<Class<?>, Serializer<?>> exact = new HashMap<>();
    private final Map<Class<?>, Serializer<?>> families = new LinkedHashMap<>();

    OwnSerializers(ClassFilter filter) {
        this.filter = filter;
    }

    /** Adds one; for exactly that class, or for all that can be assigned to it. */
    Registration add(Class<?> type, Serializer<?> serializer, boolean family) {
        (family ? families : exact).put(type, serializer);
        return new Registration(type, serializer, BY_NAME);
    }

    boolean isEmpty() {
        return exact.isEmpty() && families.isEmpty();
    }

    /** The serializer for objects of that class; null if none was added. */
    @Nullable
    Serializer<?> of(Class<?> type) {
        Serializer<?> serializer = exact.get(type);
        for (Map.Entry<Class<?>, Serializer<?>> family : families.entrySet()) {
            if (serializer == null && family.getKey().isAssignableFrom(type)) {
                serializer = family.getValue();
            }
        }
        String refusal = serializer == null ? null : filter.refusal(type.getName());
        if (refusal != null) {
            throw new Refused(refusal);
        }
        return serializer;
    }
}
