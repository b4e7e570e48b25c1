package io.memsession.store;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * The thread that a probe runs on, and that a connection's thread is made from. It has nothing of the web application
 * whose request asked first: no context class loader, no inherited thread locals, no protection domains; any of them
 * would keep a stopped application in memory for as long as the connection lives.
 */
public final class Prober {
    private Prober() {}

    /** Runs it on a thread of its own. */
    public static void start(String name, Runnable probe) {
        thread(name, probe).start();
    }

    /** A thread that was not started yet. */
    @SuppressWarnings("removal") // before Java 24 it is the only way to keep the caller's protection domains out
    public static Thread thread(String name, Runnable task) {
        Thread thread =
                AccessController.doPrivileged((PrivilegedAction<Thread>) () -> new Thread(null, task, name, 0, false));
        thread.setDaemon(true);
        thread.setContextClassLoader(Prober.class.getClassLoader());
        return thread;
    }
}
