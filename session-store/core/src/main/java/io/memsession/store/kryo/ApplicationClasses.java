package io.memsession.store.kryo;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes that an application's class loader finds by name, less those that the filter refuses; none is initialised
 * by asking.
 */
final class ApplicationClasses {
    private static final Map<String, Class<?>> PRIMITIVES = Stream.<Class<?>>of(
                    boolean.class,
                    byte.class,
                    char.class,
                    short.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, Function.identity()));

    private final ClassLoader loader;
    private final ClassFilter filter;

    ApplicationClasses(ClassLoader loader, ClassFilter filter) {
        this.loader = loader;
        this.filter = filter;
    }

    ClassFilter filter() {
        return filter;
    }

    ClassLoader loader() {
        return loader;
    }

    /**
     * The class of that name.
     *
     * @throws Refused if the filter refuses it; nothing has been loaded then
     */
    Class<?> named(String name) throws ClassNotFoundException {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        String refusal = filter.refusal(name);
        if (refusal != null) {
            throw new Refused(refusal);
        }
        return Class.forName(name, false, loader);
    }

    /** Whether the class, written as its name, would be found again. */
    boolean find(Class<?> type) {
        try {
            return named(type.getName()) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
