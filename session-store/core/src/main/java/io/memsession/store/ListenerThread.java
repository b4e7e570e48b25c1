package io.memsession.store;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A daemon thread for what must not hold up others: an application's listeners, questions that block. */
final class ListenerThread {
    private static final int IDLE_SECONDS = 10;

    private ListenerThread() {}

    /** Runs tasks one after the other; there is a thread only while there are some. */
    static ExecutorService executor(String name) {
        ThreadPoolExecutor executor =
                new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    thread.setContextClassLoader(ListenerThread.class.getClassLoader());
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
