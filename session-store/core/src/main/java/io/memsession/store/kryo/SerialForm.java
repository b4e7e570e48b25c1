package io.memsession.store.kryo;

import java.io.Externalizable;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the Java Object Serialization Specification says of a class: its fields, and whether it takes part itself. */
final class SerialForm {
    private SerialForm() {}

    /**
     * The fields that make up an object of a plain class or record, opened, by {@code SimpleClass.field}; sorted, so
     * that the order is the same everywhere. Synthetic ones ({@code this$0}) count. Empty if they cannot be opened, or
     * if two would have the same name.
     */
    static Optional<Map<String, Field>> of(Class<?> type) {
        Map<String, Field> fields = new TreeMap<>();
        for (Class<?> c : serializableClasses(type)) {
            for (Field field : stateOf(c)) {
                String name = type.isRecord() ? field.getName() : c.getSimpleName() + "." + field.getName();
                if (!field.trySetAccessible() || fields.put(name, field) != null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(fields);
    }

    /** Whether the class or an ancestor replaces the default form, or is the platform's and has state. */
    static boolean isCustom(Class<?> type) {
        return isReplaced(type)
                || replaces(type, "readResolve")
                || serializableClasses(type).stream()
                        .anyMatch(c ->
                                hasHooks(c) || (isPlatform(c) && !stateOf(c).isEmpty()));
    }

    /** Whether another object is written in its place. */
    static boolean isReplaced(Class<?> type) {
        return replaces(type, "writeReplace");
    }

    /** Whether it comes with the JDK. */
    static boolean isPlatform(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /** Whether Java could create an object of that class when reading. */
    static boolean isConstructible(Class<?> type) {
        if (type.isArray() || type.isEnum() || type.isRecord() || isPlatform(type) || isReplaced(type)) {
            return true;
        } else if (Externalizable.class.isAssignableFrom(type)) {
            return hasConstructor(type, Modifier.PUBLIC);
        }
        Class<?> base = type;
        while (base != null && Serializable.class.isAssignableFrom(base)) {
            base = base.getSuperclass();
        }
        boolean samePackage = base != null && base.getPackageName().equals(type.getPackageName());
        return base == null
                || hasConstructor(base, Modifier.PUBLIC | Modifier.PROTECTED)
                || (samePackage && open(base));
    }

    private static boolean open(Class<?> base) {
        return hasConstructor(base, 0) && !hasConstructor(base, Modifier.PRIVATE);
    }

    private static boolean hasConstructor(Class<?> type, int anyOf) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            return anyOf == 0 || (constructor.getModifiers() & anyOf) != 0;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static List<Class<?>> serializableClasses(Class<?> type) {
        List<Class<?>> classes = new ArrayList<>();
        for (Class<?> c = type; c != null && Serializable.class.isAssignableFrom(c); c = c.getSuperclass()) {
            classes.add(c);
        }
        return classes;
    }

    private static List<Field> stateOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static boolean hasHooks(Class<?> type) {
        return declares(type, "writeObject", ObjectOutputStream.class)
                || declares(type, "readObject", ObjectInputStream.class)
                || declares(type, "readObjectNoData")
                || declaresSerialPersistentFields(type);
    }

    private static boolean declaresSerialPersistentFields(Class<?> type) {
        try {
            return Modifier.isStatic(
                    type.getDeclaredField("serialPersistentFields").getModifiers());
        } catch (NoSuchFieldException e) {
            return false;
        }
    }

    private static boolean replaces(Class<?> type, String method) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            if (declares(c, method) && (c == type || !isPrivate(c, method))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPrivate(Class<?> type, String method) {
        try {
            return Modifier.isPrivate(type.getDeclaredMethod(method).getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    private static boolean declares(Class<?> type, String method, Class<?>... parameters) {
        try {
            return type.getDeclaredMethod(method, parameters) != null;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
