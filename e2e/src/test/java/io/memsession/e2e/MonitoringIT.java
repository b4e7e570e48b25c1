package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;

/** The files of {@code deploy/monitoring}, with a real Prometheus that asks a Tomcat and a Boot application. */
@Tag("servers")
@EnabledIf(value = "prometheusIsThere", disabledReason = "prometheus is not installed: Debian's package prometheus")
class MonitoringIT {
    /** What prometheus.yml calls the applications: the one on Boot, the one on Tomcat. */
    private static final List<String> APPLICATIONS = List.of("shop", "store");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String FILES = "deploy/monitoring/";

    private final Layout layout = Layout.ofThisRun();

    @AutoClose
    private final Children children = new Children();

    private MemcachedProcess n1;
    private MemcachedProcess n2;
    private AppServer boot;
    private AppServer tomcat;
    private DeployedProcess prometheus;

    static boolean prometheusIsThere() {
        return Children.isInstalled("prometheus");
    }

    private String file(String name) throws IOException {
        return Files.readString(layout.file(FILES + name));
    }

    private Slot slot(String name) {
        return new Slot(children, layout, "monitoring", name, Ports.any());
    }

    @Test
    void promtoolFindsNothingWrongAndEveryAlertRisesWhenItShould() throws Exception {
        promtool("check", "config", "prometheus.yml");
        promtool("test", "rules", "alerts-test.yml");
        String tests = file("alerts-test.yml");
        assertThat(alerts())
                .hasSizeGreaterThan(10)
                .allSatisfy(alert -> assertThat(tests)
                        .contains("alertname: " + alert.at("alert").text() + "\n"));
    }

    @Test
    void everyAlertNamesARunbookThatIsThere() throws IOException {
        Set<String> headings = Files.readAllLines(layout.file("docs/operations.md")).stream()
                .filter(line -> line.startsWith("#"))
                .map(line ->
                        line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z ]", ""))
                .map(heading -> "docs/operations.md#" + heading.replace(' ', '-'))
                .collect(Collectors.toSet());
        assertThat(alerts())
                .allSatisfy(alert -> assertThat(headings)
                        .contains(alert.at("annotations", "runbook").text()));
    }

    private List<Yaml> alerts() {
        return Yaml.documents(layout.file(FILES + "alerts.yml"))
                .get(0)
                .at("groups", 0, "rules")
                .list();
    }

    private void promtool(String... words) {
        List<String> command = new ArrayList<>(List.of(Children.program("promtool")));
        command.addAll(List.of(words));
        Finished.run(new ProcessBuilder(command).directory(layout.file(FILES).toFile()))
                .successfully();
    }

    @Test
    void theBoardShowsBothHostsAndADeadNodeRaisesTheAlarm() throws IOException {
        startAll();
        try (Load load = new Load(4, number -> new Visitor(number % 2 == 0 ? boot : tomcat))) {
            await().atMost(PATIENCE).until(() -> holdsForBoth("min(memsession_node_complete{%s}) == 1"));
            n1.kill9();
            String firing = "ALERTS{%s, alertname=\"MemsessionNodeDown\", node=\"n1\", alertstate=\"firing\"}";
            await().atMost(PATIENCE).until(() -> holdsForBoth(firing));
            // some of the figures are averages over two looks at the nodes
            await().atMost(PATIENCE).untilAsserted(this::everyQueryOfTheBoardReturnsData);
            n1.restart();
            await().atMost(PATIENCE).until(() -> holdsForBoth("min(memsession_node_complete{%s}) == 1"));
            await().atMost(PATIENCE)
                    .until(() ->
                            answer("ALERTS{alertname=\"MemsessionNodeDown\"}").isEmpty());
            load.finish();
        }
    }

    private void everyQueryOfTheBoardReturnsData() throws IOException {
        List<String> queries = new Answer(200, file("board.json"))
                .json()
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString())
                .toList();
        assertThat(queries).hasSizeGreaterThan(20);
        for (String application : APPLICATIONS) {
            assertThat(queries)
                    .map(query -> query.replace("$application", application).replace("$__rate_interval", "15s"))
                    .allSatisfy(query -> assertThat(answer(query))
                            .isNotEmpty()
                            .allSatisfy(value -> assertThat(value).isNotEqualTo("NaN")));
        }
    }

    private boolean holdsForBoth(String query) {
        return APPLICATIONS.stream()
                .noneMatch(application -> answer(query.formatted("application=\"" + application + "\""))
                        .isEmpty());
    }

    /** The values that a query has now. */
    private List<String> answer(String query) {
        Answer answer = new Browser(Host.BOOT)
                .get("http://" + prometheus.hostAndPort(), "/api/v1/query?query=" + Browser.query(query));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode result = answer.json().path("data").path("result");
        return result.valueStream()
                .map(series -> series.path("value").path(1).asString())
                .toList();
    }

    private void startAll() throws IOException {
        n1 = new MemcachedProcess(slot("n1"));
        n2 = new MemcachedProcess(slot("n2"));
        String nodes = n1.address() + "," + n2.address();
        int bootFigures = Ports.any();
        int tomcatFigures = Ports.any();
        boot = Host.BOOT.server(slot("boot1"), nodes);
        boot.jvmOptions(
                "-Dspring.config.additional-location="
                        + layout.file(FILES + "boot.properties").toUri(),
                "-Dmanagement.server.address=127.0.0.1",
                "-Dmanagement.server.port=" + bootFigures);
        tomcat = Host.TOMCAT11.server(slot("tomcat1"), nodes);
        tomcat.jvmOptions("-javaagent:" + layout.file("e2e/target/monitoring/jmx_prometheus_javaagent.jar")
                + "=127.0.0.1:" + tomcatFigures + ":" + layout.file(FILES + "tomcat.yml"));
        prometheus = prometheus(bootFigures, tomcatFigures);
        List<ServerProcess> all = List.of(n1, n2, prometheus, tomcat, boot);
        all.forEach(ServerProcess::start);
        all.forEach(ServerProcess::awaitUp);
    }

    /** With the committed files: other addresses, and no patience. */
    private DeployedProcess prometheus(int bootFigures, int tomcatFigures) throws IOException {
        Slot slot = slot("prometheus");
        List<String> command = List.of(
                Children.program("prometheus"),
                "--config.file=prometheus.yml",
                "--storage.tsdb.path=data",
                "--web.listen-address=127.0.0.1:" + slot.port());
        DeployedProcess process = new DeployedProcess(slot, Map.of(), command, "/-/ready");
        Path folder = process.folder();
        Files.writeString(
                folder.resolve("prometheus.yml"),
                file("prometheus.yml")
                        .replace("15s", "1s")
                        .replaceFirst("targets: \\[\"10.*]", "targets: [\"127.0.0.1:" + bootFigures + "\"]")
                        .replaceFirst("targets: \\[\"10.*]", "targets: [\"127.0.0.1:" + tomcatFigures + "\"]"));
        Files.writeString(folder.resolve("alerts.yml"), file("alerts.yml").replaceAll("for: \\w+", "for: 1s"));
        return process;
    }

    /** Changes a session and reads it, again and again, at one app server. */
    private static final class Visitor extends Load.User {
        private final AppServer server;
        private final Browser browser;

        Visitor(AppServer server) {
            this.server = server;
            this.browser = new Browser(server instanceof BootProcess ? Host.BOOT : Host.TOMCAT11);
        }

        @Override
        void act(int number) {
            Answer answer = browser.post(server.url(), "/api/attributes/count/increment");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(browser.get(server.url(), "/api/attributes/count").text("value"))
                    .isEqualTo(String.valueOf(number));
            await().pollDelay(Duration.ofMillis(20)).until(() -> true); // the other core is Prometheus's
        }
    }
}
