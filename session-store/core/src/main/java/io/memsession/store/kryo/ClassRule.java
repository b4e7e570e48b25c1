package io.memsession.store.kryo;

import java.io.Externalizable;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How objects of a class are written, if the class is not among the {@link KnownClasses}. Decided once per class:
 * fields by name only where that is all that Java serialization would do, Java serialization wherever the class has a
 * say in it, and a refusal where nothing would come back.
 */
final class ClassRule {

    /** The ways to write an object. */
    enum Way {
        ARRAY,
        ENUM,
        RECORD,
        FIELDS,
        JAVA,
        REFUSED
    }

    private final ApplicationClasses classes;

    // The value is a String, not a Way: a JDK class would otherwise keep this library's class loader alive.
    private final ClassValue<String> ways = new ClassValue<>() {
        @Override
        protected String computeValue(Class<?> type) {
            return decide(type).name();
        }
    };

    ClassRule(ApplicationClasses classes) {
        this.classes = classes;
    }

    /** The way for objects of exactly this class. */
    Way way(Class<?> type) {
        return Way.valueOf(ways.get(type));
    }

    private Way decide(Class<?> type) {
        if (refusal(type) != null) {
            return Way.REFUSED;
        } else if (type.isArray()) {
            return Way.ARRAY;
        } else if (Enum.class.isAssignableFrom(type)) {
            return Way.ENUM;
        }
        boolean java = generated(type)
                || SerialForm.isPlatform(type)
                || Externalizable.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || Collection.class.isAssignableFrom(type)
                || SerialForm.isCustom(type);
        if (java) {
            return Way.JAVA;
        } else if (type.isRecord()) {
            return SerialForm.of(type).isEmpty() ? Way.JAVA : Way.RECORD;
        }
        return SerialForm.of(type).isEmpty() ? Way.JAVA : Way.FIELDS;
    }

    /** Why objects of this class can be written in no way, or null if they can. */
    @Nullable
    String refusal(Class<?> type) {
        String name = type.getName();
        if (!Serializable.class.isAssignableFrom(type)) {
            return "class " + name + " is not Serializable";
        } else if (generated(type) || SerialForm.isReplaced(type)) {
            return null; // its own writeReplace, or its interfaces, say what is found again
        }
        String refusal = classes.filter().refusal(name);
        if (refusal != null) {
            return refusal;
        } else if (!classes.find(type)) {
            return "class " + name + " is not what the application's class loader finds by that name";
        } else if (!SerialForm.isConstructible(type)) {
            return "class " + name + " could not be created again: a constructor without arguments is missing"
                    + " (of its first superclass that is not Serializable, or its own if it is Externalizable)";
        }
        return null;
    }

    private static boolean generated(Class<?> type) {
        return type.isHidden() || Proxy.isProxyClass(type);
    }
}
