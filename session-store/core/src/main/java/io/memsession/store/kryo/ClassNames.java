package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Output;
import com.esotericsoftware.kryo.util.DefaultClassResolver;
import com.esotericsoftware.kryo.util.ObjectMap;
import org.jspecify.annotations.Nullable;

/** Classes as they appear in a graph: the known ones as ids, others as names, looked up in the application only. */
final class ClassNames extends DefaultClassResolver {
    private final ApplicationClasses classes;

    ClassNames(ApplicationClasses classes) {
        this.classes = classes;
    }

    /** Writes an enum's name also for a constant with a body, whose own class has a number for a name. */
    @Override
    @SuppressWarnings("rawtypes")
    protected void writeName(Output output, Class type, Registration registration) {
        super.writeName(output, registration.getType(), registration);
    }

    /** Answers always, or throws; so the superclass never gets to load a class itself. */
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    protected Class<?> getTypeByName(@Nullable String name) {
        if (name == null) {
            throw new KryoException("the name of a class is missing");
        }
        Class<?> known = super.getTypeByName(name);
        return known != null ? known : load(name);
    }

    private Class<?> load(String name) {
        try {
            Class<?> type = classes.named(name);
            if (nameToClass == null) {
                nameToClass = new ObjectMap<>();
            }
            nameToClass.put(name, type);
            return type;
        } catch (ClassNotFoundException | LinkageError e) {
            throw new KryoException("class " + name + " is not found here", e);
        }
    }
}
