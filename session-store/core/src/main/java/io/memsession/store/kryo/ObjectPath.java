package io.memsession.store.kryo;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The shortest way from one object to another one in it, in words: fields, and places in arrays, collections and maps.
 * Java serialization does not tell it, so it is looked for once something was refused. What is hidden in a class of the
 * JDK, or was made only to be written, is not found.
 */
final class ObjectPath {
    private static final int MOST_OBJECTS = 100_000;

    /** An object that was met, and how. */
    private record Step(Object object, @Nullable Step before, String name) {

        /** Places belong to what they are in: {@code Shop.customers[3] > Customer.account}. */
        String path() {
            String way = before == null ? "" : before.path();
            return way.isEmpty() || name.startsWith("[") ? way + name : way + " > " + name;
        }
    }

    private final Object target;
    private final Deque<Step> next = new ArrayDeque<>();
    private final Set<Object> met = Collections.newSetFromMap(new IdentityHashMap<>());

    private ObjectPath(Object target) {
        this.target = target;
    }

    /** The way; empty if none is found, and if both are the same object. */
    static Optional<String> between(Object root, Object target) {
        return new ObjectPath(target).from(root).map(Step::path).filter(path -> !path.isEmpty());
    }

    private Optional<Step> from(Object root) {
        Step step = new Step(root, null, "");
        while (step != null && step.object != target) {
            follow(step);
            step = next.poll();
        }
        return Optional.ofNullable(step);
    }

    private void follow(Step step) {
        Object object = step.object;
        if (object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                meet(step, "[" + i + "]", array[i]);
            }
        } else if (Proxy.isProxyClass(object.getClass())) {
            meet(step, "invocation handler", Proxy.getInvocationHandler(object));
        } else {
            for (Class<?> c = object.getClass(); c != null; c = c.getSuperclass()) {
                if (SerialForm.isPlatform(c)) {
                    contentOf(step, c);
                    break; // what the JDK's other classes hold is reached by their content, or not at all
                }
                fieldsOf(step, c);
            }
        }
    }

    private void meet(Step from, String name, @Nullable Object object) {
        if (object != null && met.size() < MOST_OBJECTS && met.add(object)) {
            next.add(new Step(object, from, name));
        }
    }

    private void fieldsOf(Step step, Class<?> type) {
        boolean custom = SerialForm.isCustom(type); // then it may write transient ones too
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            boolean written = !Modifier.isStatic(modifiers) && (custom || !Modifier.isTransient(modifiers));
            if (written && !field.getType().isPrimitive()) {
                meet(step, type.getName() + "." + field.getName(), value(field, step.object));
            }
        }
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException | InaccessibleObjectException e) {
            return null;
        }
    }

    /** What an object of a JDK's class, or of one that extends it, holds as far as that class shows it. */
    private void contentOf(Step step, Class<?> type) {
        try {
            if (Map.class.isAssignableFrom(type)) {
                entries(step, (Map<?, ?>) step.object);
            } else if (Collection.class.isAssignableFrom(type)) {
                elements(step, (Collection<?>) step.object);
            } else if (step.object instanceof Throwable thrown) {
                meet(step, "cause", thrown.getCause());
                for (Throwable each : thrown.getSuppressed()) {
                    meet(step, "suppressed", each);
                }
            }
        } catch (RuntimeException e) {
            // being changed, or not willing: the way does not lead through here
        }
    }

    private void entries(Step step, Map<?, ?> map) {
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            meet(step, "[key " + i + "]", entry.getKey());
            meet(step, "[value " + i + "]", entry.getValue());
            i++;
        }
    }

    private void elements(Step step, Collection<?> collection) {
        int i = 0;
        for (Object element : collection) {
            meet(step, "[" + i + "]", element);
            i++;
        }
    }
}
