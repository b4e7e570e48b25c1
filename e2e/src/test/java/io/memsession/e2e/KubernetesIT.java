package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/kubernetes}: that its parts find each other, and that the shop answers its probes as they are meant.
 */
@Tag("servers")
class KubernetesIT {
    private final Layout layout = Layout.ofThisRun();
    private final List<Yaml> parts = Yaml.documents(layout.file("deploy/kubernetes/memsession.yml"));

    private Yaml part(String kind, String name) {
        return parts.stream()
                .filter(part -> part.at("kind").text().equals(kind)
                        && part.at("metadata", "name").text().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(kind + " " + name + " is missing"));
    }

    private static Yaml pod(Yaml workload) {
        return workload.at("spec", "template");
    }

    private static Yaml container(Yaml workload) {
        return pod(workload).at("spec", "containers", 0);
    }

    @Test
    void whateverSelectsPodsSelectsThoseThatThereAre() {
        Yaml memcached = pod(part("StatefulSet", "memcached")).at("metadata", "labels");
        Yaml shop = pod(part("Deployment", "shop")).at("metadata", "labels");

        assertThat(part("StatefulSet", "memcached").at("spec", "selector", "matchLabels"))
                .isEqualTo(memcached);
        assertThat(part("Service", "memcached").at("spec", "selector")).isEqualTo(memcached);
        assertThat(part("PodDisruptionBudget", "memcached").at("spec", "selector", "matchLabels"))
                .isEqualTo(memcached);
        assertThat(part("NetworkPolicy", "memcached").at("spec", "podSelector", "matchLabels"))
                .isEqualTo(memcached);
        assertThat(part("NetworkPolicy", "memcached").at("spec", "ingress", 0, "from", 0, "podSelector", "matchLabels"))
                .isEqualTo(shop);
        assertThat(pod(part("StatefulSet", "memcached"))
                        .at("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution", 0)
                        .at("labelSelector", "matchLabels"))
                .isEqualTo(memcached);
        assertThat(part("Deployment", "shop").at("spec", "selector", "matchLabels"))
                .isEqualTo(shop);
        assertThat(part("Service", "shop").at("spec", "selector")).isEqualTo(shop);
    }

    @Test
    void theNodesThatTheShopIsToldAreThePodsOfTheSet() {
        Yaml set = part("StatefulSet", "memcached");
        String service = set.at("spec", "serviceName").text();
        assertThat(part("Service", service).at("spec", "clusterIP").text()).isEqualTo("None");
        int port =
                Integer.parseInt(container(set).at("ports", 0, "containerPort").text());

        assertThat(environment().get("MEMSESSION_NODES").split(","))
                .containsExactlyElementsOf(Stream.iterate(0, i -> i + 1)
                        .limit(Integer.parseInt(set.at("spec", "replicas").text()))
                        .map(i -> "n" + (i + 1) + ":memcached-" + i + "." + service + ":" + port)
                        .toList());
    }

    @Test
    void theProbesAreAnsweredWithoutAnyMemcachedToo() {
        Yaml container = container(part("Deployment", "shop"));
        try (Children children = new Children()) {
            Slot slot = new Slot(children, layout, "kubernetes", "shop", Ports.any());
            Map<String, String> environment = environment();
            environment.put("MEMSESSION_NODES", "n1:127.0.0.1:" + Ports.any() + ",n2:127.0.0.1:" + Ports.any());
            environment.put("SERVER_ADDRESS", "127.0.0.1");
            environment.put("SERVER_PORT", String.valueOf(slot.port()));
            List<String> command = List.of(
                    Children.jdkProgram("java"),
                    "-Xmx256m",
                    "-jar",
                    layout.file("sample-webapp/boot/target/shop-boot.jar").toString());
            DeployedProcess shop = new DeployedProcess(slot, environment, command, "/api/nothing");
            shop.start();
            shop.awaitUp();

            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                String path = container.at(probe, "httpGet", "path").text();
                assertThat(shop.status(path)).as(path).isEqualTo(200);
            }
            assertThat(shop.status("/actuator/health"))
                    .as("what a probe is not to ask")
                    .isEqualTo(503);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        container(part("Deployment", "shop"))
                .at("env")
                .list()
                .forEach(variable -> environment.put(
                        variable.at("name").text(), variable.at("value").text()));
        return environment;
    }
}
