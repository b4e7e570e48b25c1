package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;

/**
 * The signal that a class in the graph is only right in Java serialization, so that the whole attribute must go that
 * way: a Java stream inside the graph would lose the identity of what both hold. No stack trace, because it is no
 * failure.
 */
final class NeedJava extends KryoException {
    private static final long serialVersionUID = 1;

    NeedJava(Class<?> type) {
        super("Java serialization is needed for " + type.getName());
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public void addTrace(String field) {
        // the way to the class is not asked for
    }
}
