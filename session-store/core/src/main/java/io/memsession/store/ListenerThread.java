package io.memsession.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The daemon thread that one application's listeners are called on, while there is something to tell. */
final class ListenerThread {
    private static final int IDLE_SECONDS = 10;

    private ListenerThread() {}

    /** Runs tasks one after the other. */
    static ExecutorService executor() {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "memsession-expiry");
                    thread.setDaemon(true);
                    thread.setContextClassLoader(ListenerThread.class.getClassLoader());
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
