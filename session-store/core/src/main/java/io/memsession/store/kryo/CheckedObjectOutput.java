package io.memsession.store.kryo;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Java serialization that refuses to write what could not be read again. */
final class CheckedObjectOutput extends ObjectOutputStream {
    private final ClassRule rule;
    private final ApplicationClasses classes;
    private final Object root;

    /** The root is what is going to be written. */
    CheckedObjectOutput(OutputStream out, ClassRule rule, ApplicationClasses classes, Object root) throws IOException {
        super(out);
        this.root = root;
        this.rule = rule;
        this.classes = classes;
        enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) throws IOException {
        @Nullable
        String refusal = rule.way(object.getClass()) == ClassRule.Way.REFUSED ? rule.refusal(object.getClass()) : null;
        if (refusal != null) {
            Refused refused = new Refused(refusal);
            ObjectPath.between(root, object).ifPresent(refused::addTrace);
            throw refused;
        }
        return Snapshot.writable(object);
    }

    @Override
    protected void annotateProxyClass(Class<?> type) throws IOException {
        for (Class<?> each : type.getInterfaces()) {
            annotateClass(each);
        }
    }

    @Override
    protected void annotateClass(Class<?> type) throws IOException {
        if (!classes.find(type)) {
            throw new Refused("class " + type.getName() + " is not found by that name in the application");
        }
    }
}
