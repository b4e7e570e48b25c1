package io.memsession.e2e;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One session and the cookie it has now, for the several clients that share it. */
final class SharedSession {
    private final String name;
    private final boolean calm;
    private final AtomicBoolean renaming = new AtomicBoolean();
    private Key key = new Key(null, 0);
    private volatile boolean over;

    /** A cookie, null before the first, and how many there were before it. */
    record Key(@Nullable String cookie, int generation) {}

    SharedSession(String name, boolean calm) {
        this.name = name;
        this.calm = calm;
    }

    /** Whether it is seldom ended or given another id, so that a node comes back to an old copy of it. */
    boolean calm() {
        return calm;
    }

    String name() {
        return name;
    }

    synchronized Key key() {
        return key;
    }

    /** The session was made. */
    synchronized void made(String cookie) {
        key = new Key(cookie, 0);
    }

    /** The session got another id. */
    synchronized void renamed(String cookie) {
        key = new Key(cookie, key.generation + 1);
    }

    /** Whether nobody else renames it now; to be given back by {@link #renamingIsOver}. */
    boolean mayRename() {
        return renaming.compareAndSet(false, true);
    }

    void renamingIsOver() {
        renaming.set(false);
    }

    boolean over() {
        return over;
    }

    void end() {
        over = true;
    }
}
