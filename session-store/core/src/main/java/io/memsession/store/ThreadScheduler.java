package io.memsession.store;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The scheduler of a running engine: real time, and one daemon thread that all engines of this JVM share. */
final class ThreadScheduler implements Scheduler, AutoCloseable {
    private static final Object USERS = new Object();
    private static int users;
    private static @Nullable ScheduledThreadPoolExecutor shared;

    private final ScheduledThreadPoolExecutor executor;
    private volatile boolean closed;

    ThreadScheduler(String threadName) {
        executor = take(threadName);
    }

    private static ScheduledThreadPoolExecutor take(String threadName) {
        synchronized (USERS) {
            if (shared == null) {
                shared = start(threadName);
            }
            users++;
            return shared;
        }
    }

    private static ScheduledThreadPoolExecutor start(String threadName) {
        ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, threadName);
            thread.setDaemon(true);
            // the thread outlives no engine, but an engine may be made by a web application's thread
            thread.setContextClassLoader(ThreadScheduler.class.getClassLoader());
            return thread;
        });
        started.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return started;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // tasks do not throw
    public void after(Duration delay, Runnable task) {
        try {
            executor.schedule(
                    () -> {
                        if (!closed) {
                            task.run();
                        }
                    },
                    delay.toNanos(),
                    TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            // nothing comes later than the end; who waits has its own deadline
        }
    }

    /** Runs no more tasks of this engine; the last engine ends the thread. */
    @Override
    public void close() {
        synchronized (USERS) {
            if (closed) {
                return;
            }
            closed = true;
            if (--users > 0) {
                return;
            }
            shared = null;
        }
        executor.shutdownNow();
        try {
            executor.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
