package io.memsession.tomcat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that keep sessions in the background: one set for this JVM, as many as the context that wants most of
 * them, gone with the last context.
 */
final class BackupThreads implements Executor, AutoCloseable {
    private static final List<BackupThreads> USERS = new ArrayList<>();
    private static @Nullable ThreadPoolExecutor shared;

    private int threads;

    private BackupThreads(int threads) {
        this.threads = threads;
    }

    /** A user more. */
    static BackupThreads open(int threads) {
        synchronized (USERS) {
            BackupThreads user = new BackupThreads(threads);
            USERS.add(user);
            resize();
            return user;
        }
    }

    /** Another number of threads. */
    void resize(int wanted) {
        synchronized (USERS) {
            threads = wanted;
            resize();
        }
    }

    private static void resize() {
        int most = USERS.stream().mapToInt(user -> user.threads).max().orElse(1);
        if (shared == null) {
            shared = new ThreadPoolExecutor(
                    most, most, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), BackupThreads::thread);
            shared.allowCoreThreadTimeOut(true);
        } else if (most > shared.getMaximumPoolSize()) {
            shared.setMaximumPoolSize(most);
            shared.setCorePoolSize(most);
        } else {
            shared.setCorePoolSize(most);
            shared.setMaximumPoolSize(most);
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "memsession-backup");
        thread.setDaemon(true);
        // no thread of ours may hold on to a web application
        thread.setContextClassLoader(BackupThreads.class.getClassLoader());
        return thread;
    }

    /** Runs the task soon; at once, on this thread, where there are no threads any more. */
    @Override
    public void execute(Runnable task) {
        ThreadPoolExecutor pool;
        synchronized (USERS) {
            pool = USERS.contains(this) ? shared : null;
        }
        try {
            if (pool != null) {
                pool.execute(task);
                return;
            }
        } catch (RejectedExecutionException closed) {
            // below
        }
        task.run();
    }

    @Override
    public void close() {
        ThreadPoolExecutor unused = null;
        synchronized (USERS) {
            if (USERS.remove(this) && USERS.isEmpty()) {
                unused = shared;
                shared = null;
            }
        }
        if (unused != null) {
            unused.shutdown();
            try {
                unused.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            unused.shutdownNow();
        }
    }
}
