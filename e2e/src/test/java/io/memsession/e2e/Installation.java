package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What somebody operates: two memcacheds, two app servers behind nginx, and the command {@code check}. App servers can
 * be replaced by others, with other settings or of another version.
 */
final class Installation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Children children = new Children();
    private final Host host;
    private final String group;
    private final Layout layout = Layout.ofThisRun();
    private final List<MemcachedProcess> nodes;
    private final List<AppServer> servers = new ArrayList<>();
    private final int[] ports = {Ports.any(), Ports.any()};
    private final NginxProcess nginx;

    /** One that runs. */
    Installation(Host host, String runbook, Layout version, Map<String, String> settings) {
        this.host = host;
        this.group = "runbook-" + runbook;
        this.nodes = IntStream.rangeClosed(1, 2)
                .mapToObj(number -> new MemcachedProcess(slot(layout, "n" + number, Ports.any())))
                .toList();
        nodes.forEach(ServerProcess::start);
        nodes.forEach(ServerProcess::awaitUp);
        for (int i = 0; i < ports.length; i++) {
            servers.add(server(i, version, settings));
            servers.get(i).start();
        }
        servers.forEach(ServerProcess::awaitUp);
        nginx = new NginxProcess(slot(layout, "nginx", Ports.any()), servers, nodes);
        nginx.start();
        nginx.awaitUp();
    }

    private Slot slot(Layout version, String name, int port) {
        return new Slot(children, version, group, name, port);
    }

    private AppServer server(int number, Layout version, Map<String, String> settings) {
        return host.server(slot(version, host.serverName(number + 1), ports[number]), addresses(), settings);
    }

    private String addresses() {
        return nodes.get(0).address() + "," + nodes.get(1).address();
    }

    /** Stops one app server after the other, and starts another one in its place that has these settings. */
    void replaceServers(Layout version, Map<String, String> settings, Runnable afterEach) {
        for (int i = 0; i < servers.size(); i++) {
            servers.get(i).kill9();
            servers.set(i, server(i, version, settings));
            servers.get(i).start();
            servers.get(i).awaitUp();
            afterEach.run();
        }
    }

    MemcachedProcess node(int number) {
        return nodes.get(number - 1);
    }

    Host host() {
        return host;
    }

    List<AppServer> servers() {
        return servers;
    }

    /** Where users come in. */
    String url() {
        return nginx.url();
    }

    /** What {@code check} exits with, and says. */
    Finished check() {
        Path jar = layout.file("tomcat-valve/target/memsession-tomcat-" + layout.version() + ".jar");
        return Finished.run(List.of(
                Children.jdkProgram("java"), "-Xshare:auto", "-jar", jar.toString(), "check", "--nodes", addresses()));
    }

    /** As the runbooks have it: {@code check} until it says that all is well. */
    void checkUntilAllIsWell() {
        await().atMost(PATIENCE).until(() -> check().exit() == 0);
    }

    @Override
    public void close() {
        children.close();
    }
}
