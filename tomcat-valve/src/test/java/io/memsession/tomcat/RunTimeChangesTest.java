package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.MemcachedServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.management.Attribute;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console can change by JMX while the application runs. */
class RunTimeChangesTest {
    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    @TempDir
    private Path directory;

    private static void change(AppServer server, String attribute, Object value) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .setAttribute(server.manager().getObjectName(), new Attribute(attribute, value));
    }

    private static List<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().contains(name))
                .toList();
    }

    @Test
    void failoverNodes() throws Exception {
        try (AppServer server = StickyTest.sticky("r1", Map.of(), n1, n2)) {
            for (String failover : List.of("n1", "n2")) {
                change(server, "failoverNodes", failover);
                for (int i = 0; i < 10; i++) {
                    assertThat(server.get("/set?name=x&value=1", "").cookie()).doesNotContain("-" + failover);
                }
            }
        }
    }

    @Test
    void backupThreads() throws Exception {
        Map<String, String> attributes =
                Map.of("sessionBackupAsync", "true", "backupThreadCount", "1", "operationTimeout", "3000");
        try (AppServer server = StickyTest.sticky("r1", attributes, n1, n2)) {
            server.get("/set?name=x&value=1", "");
            await().until(() -> server.manager().getSaves() == 1);
            n1.freeze();
            n2.freeze();
            for (int i = 0; i < 4; i++) {
                server.get("/set?name=x&value=1", "");
            }
            assertThat(threads("memsession-backup")).hasSize(1);
            change(server, "backupThreadCount", 3);
            await().until(() -> threads("memsession-backup").size() == 3);
            n1.thaw();
            n2.thaw();
            await().until(() -> server.manager().getSaves() == 5);
        }
    }

    @Test
    void theBackupComesBeforeTheAnswerOrAfterIt() throws Exception {
        try (AppServer server =
                StickyTest.sticky("r1", Map.of("sessionBackupAsync", "true", "operationTimeout", "3000"), n1, n2)) {
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            await().until(() -> server.manager().getSaves() == 1);
            change(server, "sessionBackupAsync", false);
            n1.freeze();
            n2.freeze();
            CompletableFuture<AppServer.Answer> answer = server.send("/set?name=x&value=2", cookie);
            await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
            n1.thaw();
            n2.thaw();
            assertThat(answer.join().status()).isEqualTo(200);
        }
    }

    @Test
    void msmNodesAreChangedManyTimesWithoutAThreadLeft() throws Exception {
        List<Thread> before = threads("memsession");
        try (AppServer server = StickyTest.sticky("r1", Map.of(), n1, n2)) {
            String both = n1.address("n1") + "," + n2.address("n2");
            String cookie = server.get("/set?name=x&value=0", "").cookie();
            for (int i = 1; i <= 4; i++) {
                change(
                        server,
                        "memcachedNodes",
                        i % 2 == 0 ? both : n1.address("n1").toString());
                AppServer.Answer answer = server.get("/set?name=x&value=" + i, cookie);
                cookie = answer.cookie().isEmpty() ? cookie : answer.cookie();
            }
            assertThat(server.get("/get?name=x", cookie).body()).isEqualTo("4");
        }
        await().untilAsserted(() -> assertThat(threads("memsession")).isSubsetOf(before));
    }

    @Test
    void enabledAndSticky() throws Exception {
        try (AppServer server = StickyTest.sticky("r1", Map.of(), n1, n2)) {
            change(server, "enabled", false);
            assertThat(server.get("/set?name=x&value=1", "").cookie()).matches("[0-9A-F]{32}\\.r1");
            change(server, "enabled", true);
            change(server, "sticky", false);
            String cookie = server.get("/set?name=x&value=1", "").cookie();
            assertThat(cookie).matches("[0-9A-F]{32}-n[12]\\.r1");
            assertThat(server.manager().getActiveSessions()).isZero();
        }
    }

    @Test
    void msm382AManagerIsSetUpByAProgram() throws Exception {
        MemcachedSessionManager manager = new MemcachedSessionManager();
        manager.setMemcachedNodes(n1.address("n1") + "," + n2.address("n2"));
        manager.setSticky(false);
        manager.setSessionBackupAsync(false);
        manager.setBackupThreadCount(2);
        manager.setEnabled(true);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(directory.toString());
        tomcat.addContext("", directory.toString()).setManager(manager);
        tomcat.start();
        try {
            assertThat(manager.isSticky()).isFalse();
            assertThat(manager.getBackupThreadCount()).isEqualTo(2);
            await().untilAsserted(() -> assertThat(manager.getNodeStates()).allMatch(state -> state.contains(" up")));
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }
}
