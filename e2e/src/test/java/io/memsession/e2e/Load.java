package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** Users at work, all at the same time, until they are told to stop. */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService threads;
    private final List<User> users = new ArrayList<>();
    private final List<Future<?>> work = new ArrayList<>();
    private volatile boolean over;

    /** Somebody who does the same thing again and again and fails at the first wrong answer. */
    abstract static class User {
        private final AtomicInteger done = new AtomicInteger();

        /** One thing done and checked; {@code number} counts from 1. */
        abstract void act(int number);
    }

    Load(int count, IntFunction<User> user) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            User one = user.apply(i);
            users.add(one);
            work.add(threads.submit(() -> keepOn(one)));
        }
    }

    private void keepOn(User user) {
        while (!over) {
            user.act(user.done.get() + 1);
            user.done.incrementAndGet();
        }
    }

    /** Waits until every user has done so much more, or one has failed. */
    void awaitMore(int times) {
        List<Integer> wanted =
                users.stream().map(user -> user.done.get() + times).toList();
        await().atMost(PATIENCE).until(() -> oneHasFailed() || allHaveDone(wanted));
        assertThat(oneHasFailed()).as("a user got a wrong answer").isEqualTo(false);
    }

    private boolean oneHasFailed() {
        boolean failed = work.stream().anyMatch(Future::isDone);
        if (failed) {
            finish();
        }
        return failed;
    }

    private boolean allHaveDone(List<Integer> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (users.get(i).done.get() < wanted.get(i)) {
                return false;
            }
        }
        return true;
    }

    /** Ends the work; fails as the first user that failed did. */
    void finish() {
        over = true;
        for (Future<?> one : work) {
            assertThat(one).succeedsWithin(PATIENCE);
        }
    }

    @Override
    public void close() {
        over = true;
        threads.shutdownNow();
    }

    /** Waits until a write through either server reaches both nodes. */
    static void awaitThatBothNodesAreUsed(Cluster cluster) {
        for (AppServer server : cluster.servers()) {
            await().atMost(PATIENCE).until(() -> aWriteReachesAll(cluster, server));
        }
    }

    private static boolean aWriteReachesAll(Cluster cluster, AppServer server) {
        List<Long> before = writes(cluster);
        Answer answer = new Browser(cluster.host()).post(server.url(), "/api/attributes/whole?value=yes");
        List<Long> after = writes(cluster);
        return answer.status() == 200 && before.get(0) < after.get(0) && before.get(1) < after.get(1);
    }

    private static List<Long> writes(Cluster cluster) {
        return cluster.nodes().stream().map(node -> node.stat("cmd_set")).toList();
    }
}
