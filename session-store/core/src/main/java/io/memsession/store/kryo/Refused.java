package io.memsession.store.kryo;

import com.esotericsoftware.kryo.KryoException;

/** What cannot be written or read by any mode: the reason, the class, and the way to it from the attribute's root. */
final class Refused extends KryoException {
    private static final long serialVersionUID = 1;
    private final String reason;
    private final StringBuilder path = new StringBuilder();

    Refused(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** Prepends a field, as the exception passes the objects that hold what was refused. */
    @Override
    public void addTrace(String field) {
        path.insert(0, path.isEmpty() ? field : field + " > ");
    }

    @Override
    public String getMessage() {
        return path.isEmpty() ? reason : reason + " (at " + path + ")";
    }
}
