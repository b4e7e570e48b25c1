package io.memsession.store.kryo;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputFilter.FilterInfo;
import java.io.ObjectInputFilter.Status;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Java deserialization of bytes from outside: classes by name from the application only, none that the filter refuses,
 * and bounds (JEP 290) on depth, references and array lengths.
 */
final class CheckedObjectInput extends ObjectInputStream {
    /** A map's table may be larger than its content: at most this many elements are created for one byte. */
    private static final int ELEMENTS_PER_BYTE = 4;

    private static final int SPARE_ELEMENTS = 1024;
    private static final int MAX_REFERENCES = 1_000_000;
    /** What stands in the names of classes that were made at run time. */
    private static final String GENERATED = "$$";

    private static final int LOOK_EVERY = 64;
    private static final long NANOS_PER_BYTE = 300;
    private static final long NANOS = 100_000_000;

    private final ApplicationClasses classes;
    private final int length;
    private final ReadBudget budget = new ReadBudget(true);
    private final Set<Class<?>> met = new HashSet<>();
    private long elements;
    private int looks;

    CheckedObjectInput(ByteArrayInputStream bytes, ApplicationClasses classes) throws IOException {
        super(bytes);
        this.classes = classes;
        this.length = bytes.available() + 4; // a header of four bytes has been read
        setObjectInputFilter(this::check);
        budget.begin();
    }

    private Status check(FilterInfo info) {
        ObjectInputFilter global = ObjectInputFilter.Config.getSerialFilter();
        if (global != null && global.checkInput(info) == Status.REJECTED) {
            return Status.REJECTED;
        }
        return exceeds(info) || refuses(info.serialClass()) ? Status.REJECTED : Status.UNDECIDED;
    }

    private boolean exceeds(FilterInfo info) {
        ClassFilter filter = classes.filter();
        if (!filter.trusting() && looks++ % LOOK_EVERY == 0) {
            look(info.serialClass());
        }
        long size = Math.max(0, info.arrayLength());
        elements += size;
        return info.depth() > filter.limit("maxdepth", SessionKryo.MAX_DEPTH)
                || info.references() > filter.limit("maxrefs", MAX_REFERENCES)
                || info.streamBytes() > filter.limit("maxbytes", length)
                || size > filter.limit("maxarray", Integer.MAX_VALUE)
                || (size > 0 && size > primitives(info.serialClass()))
                || elements > (long) ELEMENTS_PER_BYTE * length + SPARE_ELEMENTS;
    }

    /** So many elements of a primitive type can be in the bytes; of others, anything may be said. */
    private long primitives(@Nullable Class<?> type) {
        Class<?> element = type == null ? null : type.getComponentType();
        if (element == null || !element.isPrimitive()) {
            return Long.MAX_VALUE;
        } else if (element == long.class || element == double.class) {
            return length / Long.BYTES;
        }
        return element == int.class || element == float.class ? length / Integer.BYTES : length;
    }

    /** Not counted is the time in which a class was met for the first time: it may have been loaded. */
    private void look(@Nullable Class<?> type) {
        if (type != null && met.add(type)) {
            budget.begin();
        } else {
            budget.look(NANOS + length * NANOS_PER_BYTE);
        }
    }

    private boolean refuses(@Nullable Class<?> type) {
        return type != null && !type.isPrimitive() && classes.filter().refusal(type.getName()) != null;
    }

    /**
     * {@inheritDoc} Classes that a library made at run time, such as Spring's proxies, carry a serialVersionUID that
     * follows from the order in which it met their methods, which is another one in each JVM: it says nothing of
     * whether the bytes fit. Where the fields are the same they do.
     */
    @Override
    protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
        ObjectStreamClass read = super.readClassDescriptor();
        if (!read.getName().contains(GENERATED)) {
            return read;
        }
        ObjectStreamClass here = hereOrNull(read.getName());
        return here != null && fields(here).equals(fields(read)) ? here : read;
    }

    private @Nullable ObjectStreamClass hereOrNull(String name) {
        try {
            return ObjectStreamClass.lookup(classes.named(name));
        } catch (ClassNotFoundException e) {
            return null; // to be told when it is resolved
        }
    }

    private static List<String> fields(ObjectStreamClass description) {
        return Stream.of(description.getFields())
                .map(field -> field.getName() + ' ' + field.getTypeString() + field.getTypeCode())
                .toList();
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description) throws ClassNotFoundException {
        return classes.named(description.getName());
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        ClassLoader loader = classes.loader();
        Class<?>[] interfaces = new Class<?>[names.length];
        for (int i = 0; i < names.length; i++) {
            interfaces[i] = classes.named(names[i]);
            if (!Modifier.isPublic(interfaces[i].getModifiers()) && interfaces[i].getClassLoader() != null) {
                loader = interfaces[i].getClassLoader(); // only there can it be implemented
            }
        }
        InvocationHandler none = (proxy, method, arguments) -> null;
        return Proxy.newProxyInstance(loader, interfaces, none).getClass();
    }
}
