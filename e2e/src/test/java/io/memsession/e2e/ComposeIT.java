package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code deploy/compose.yml}, with this machine's programs in place of the images: each service's command, environment
 * and files are those of the file; only its names and ports are put in terms of 127.0.0.1.
 */
@Tag("servers")
class ComposeIT {
    private static final String FILE = "deploy/compose.yml";

    private final Layout layout = Layout.ofThisRun();
    private final Map<String, Yaml> services =
            Yaml.documents(layout.file(FILE)).get(0).at("services").map();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final Map<String, DeployedProcess> running = new LinkedHashMap<>();

    @Test
    void theStackThatItDescribesKeepsSessions() throws Exception {
        services.keySet().forEach(name -> ports.put(name, Ports.any()));
        try (Children children = new Children()) {
            for (String name : services.keySet()) {
                running.put(name, process(children, name));
            }
            running.forEach((name, process) -> {
                if (!name.equals("nginx")) {
                    process.start();
                }
            });
            running.get("nginx").start();
            running.values().forEach(ServerProcess::awaitUp);
            assertThat(isHealthy("shop1")).isTrue();
            assertThat(isHealthy("shop2")).isTrue();
            keepsASessionWhenANodeDies();
            running.get("shop1").kill9();
            assertThat(isHealthy("shop1")).isFalse();
        }
    }

    private void keepsASessionWhenANodeDies() {
        String url = "http://127.0.0.1:" + ports.get("nginx");
        Browser user = new Browser(Host.BOOT);
        assertThat(user.post(url, "/api/cart?sku=tea&quantity=3").status()).isEqualTo(200);
        assertThat(List.of(
                        user.get(url, "/api/cart").text("server"),
                        user.get(url, "/api/cart").text("server")))
                .containsExactlyInAnyOrder("shop1", "shop2");
        running.get("n1").kill9();
        for (int i = 0; i < 4; i++) {
            assertThat(user.get(url, "/api/cart").cart()).containsEntry("tea", 3);
        }
    }

    private DeployedProcess process(Children children, String name) throws IOException {
        Yaml service = services.get(name);
        String image = service.at("image").text();
        Slot slot = new Slot(children, layout, "compose", name, ports.get(name));
        if (image.startsWith("memcached:")) {
            return new DeployedProcess(slot, Map.of(), memcached(service, slot.port()), DeployedProcess.BY_ITS_PORT);
        }
        if (image.startsWith("eclipse-temurin:")) {
            Map<String, String> environment = environment(service);
            environment.put("SERVER_ADDRESS", "127.0.0.1");
            environment.put("SERVER_PORT", String.valueOf(slot.port()));
            return new DeployedProcess(slot, environment, java(service), "/api/nothing");
        }
        assertThat(image).startsWith("nginx:");
        return nginx(slot, service);
    }

    private static List<String> memcached(Yaml service, int port) {
        List<String> command = new ArrayList<>(List.of(Children.program("memcached"), "-l", "127.0.0.1"));
        command.addAll(List.of("-p", String.valueOf(port)));
        command.addAll(service.at("command").texts());
        if (Children.asRoot()) {
            command.addAll(List.of("-u", "root"));
        }
        return command;
    }

    private List<String> java(Yaml service) {
        List<String> command = new ArrayList<>(service.at("command").texts());
        command.set(0, Children.jdkProgram("java"));
        command.replaceAll(word -> word.startsWith("/") && word.endsWith(".jar") && !word.contains("/bin/")
                ? mounted(service, word)
                : word);
        command.add(1, "-Xmx256m");
        return command;
    }

    /** The file that is at that place in the container. */
    private String mounted(Yaml service, String inside) {
        return service.at("volumes").texts().stream()
                .map(volume -> volume.split(":"))
                .filter(volume -> volume[1].equals(inside))
                .map(volume -> layout.file("deploy").resolve(volume[0]).normalize())
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + inside))
                .toString();
    }

    private DeployedProcess nginx(Slot slot, Yaml service) throws IOException {
        DeployedProcess nginx = new DeployedProcess(
                slot,
                Map.of(),
                List.of(
                        Children.program("nginx"),
                        "-p",
                        ".",
                        "-e",
                        "error.log",
                        "-c",
                        "nginx.conf",
                        "-g",
                        "daemon off; master_process off;"),
                DeployedProcess.BY_ITS_PORT);
        Map<String, String> environment = environment(service);
        Pattern replaced = Pattern.compile(environment.get("NGINX_ENVSUBST_FILTER"));
        String text = Files.readString(Path.of(mounted(service, "/etc/nginx/templates/nginx.conf.template")));
        for (Map.Entry<String, String> each : environment.entrySet()) {
            if (replaced.matcher(each.getKey()).find()) {
                String value = each.getKey().equals("LISTEN") ? "127.0.0.1:" + slot.port() : each.getValue();
                text = text.replace("${" + each.getKey() + "}", value);
            }
        }
        Files.writeString(nginx.folder().resolve("nginx.conf"), text);
        return nginx;
    }

    private Map<String, String> environment(Yaml service) {
        Map<String, String> environment = new LinkedHashMap<>();
        service.at("environment").map().forEach((name, value) -> environment.put(name, here(value.text())));
        return environment;
    }

    /** With the ports of this machine in place of the services, and compose's own escape taken back. */
    private String here(String text) {
        String here = text.replace("$$", "$");
        for (Map.Entry<String, Integer> port : ports.entrySet()) {
            here = here.replaceAll("\\b" + port.getKey() + ":(11211|8080)\\b", "127.0.0.1:" + port.getValue());
        }
        return here;
    }

    private boolean isHealthy(String name) throws IOException, InterruptedException {
        List<String> test = services.get(name).at("healthcheck", "test").texts();
        assertThat(test.get(0)).isEqualTo("CMD");
        List<String> command = test.stream()
                .skip(1)
                .map(word -> word.replace("$$", "$").replace("localhost/8080", "127.0.0.1/" + ports.get(name)))
                .toList();
        Process check = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        await().atMost(Duration.ofSeconds(30)).until(() -> !check.isAlive());
        return check.waitFor() == 0;
    }
}
