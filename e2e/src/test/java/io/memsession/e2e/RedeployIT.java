package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** The shop is deployed again and again on a Tomcat that goes on: nothing of what is gone stays. */
@ExtendWith(LogsOnFailure.class)
@EnabledIfSystemProperty(named = "e2e.all", matches = "true", disabledReason = "takes a minute for each Tomcat")
class RedeployIT {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int FIRST = 5;
    private static final int REDEPLOYS = 20;

    /** Of 4,000 and more: Java makes a class for what is called by reflection often enough. */
    private static final int FEW_CLASSES = 60;

    private Cluster cluster;
    private TomcatProcess tomcat;
    private Jvm jvm;
    private Browser user;

    /** What the JVM holds when all that nobody refers to is gone, but for what visitors and the compiler need. */
    private record Held(List<String> threads, long sockets, long classes) {

        void isNoMoreThan(Held before) {
            assertThat(threads).isEqualTo(before.threads);
            assertThat(sockets).isLessThanOrEqualTo(before.sockets);
            assertThat(classes).isCloseTo(before.classes, within((long) FEW_CLASSES));
        }

        @Override
        public String toString() {
            return threads.size() + " threads, " + sockets + " sockets, " + classes + " classes";
        }
    }

    @OnTomcat
    void twentyRedeploysLeaveNoThreadNoSocketAndNoClassLoaderBehind(Host host) {
        cluster = Clusters.special(host, "redeploy", Plan.faulty(2));
        try {
            tomcat = (TomcatProcess) cluster.servers().get(0);
            tomcat.autoDeploy();
            tomcat.jvmOptions("-XX:SoftRefLRUPolicyMSPerMB=0"); // what is only softly referred to is gone at once
            tomcat.restart();
            jvm = new Jvm(tomcat.pid());
            user = new Browser(host);
            redeploy(1, FIRST);
            Held first = held();
            redeploy(FIRST + 1, FIRST + REDEPLOYS);
            System.out.printf("%s after %d redeploys: %s, after %d more: %s%n", host, FIRST, first, REDEPLOYS, held());
            await().atMost(PATIENCE).untilAsserted(() -> held().isNoMoreThan(first));
        } finally {
            cluster.stop();
        }
    }

    private void redeploy(int from, int to) {
        for (int i = from; i <= to; i++) {
            if (i % 5 == 0) {
                cluster.nodes().get(0).restart(); // a connection is made anew from within a request
            }
            use(i);
            long before = tomcat.deployments();
            tomcat.touchWar();
            await().atMost(PATIENCE).until(() -> tomcat.deployments() > before && tomcat.answers());
        }
        use(to + 1);
    }

    private Held held() {
        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                jvm.collectGarbage();
                assertThat(jvm.classLoaders("ParallelWebappClassLoader"))
                        .as("class loaders of web applications")
                        .isEqualTo(1);
            });
        } catch (ConditionTimeoutException e) {
            Path dump =
                    Layout.ofThisRun().workingFolder("redeploy-" + tomcat.pid()).resolve("heap.hprof");
            jvm.dumpHeap(dump);
            throw new AssertionError("what refers to them is in " + dump, e);
        }
        List<String> threads = jvm.threads().stream()
                .filter(name -> !name.contains("-exec-") && !name.contains("CompilerThread"))
                .toList();
        return new Held(threads, jvm.sockets(tomcat.port()), jvm.classes());
    }

    /** A session with objects of the application's own classes, which outlives the redeploys. */
    private void use(int number) {
        String url = tomcat.url();
        // a busy machine may let both nodes be late when the application starts: then it is 503 for a moment
        await().atMost(PATIENCE)
                .until(() ->
                        user.post(url, "/api/cart?sku=tea&quantity=" + number).status() == 200);
        assertThat(user.post(url, "/api/note?value=" + number).status()).isEqualTo(200);
        assertThat(user.get(url, "/api/cart").cart()).containsEntry("tea", number);
        assertThat(user.plainIds()).hasSize(1);
    }
}
