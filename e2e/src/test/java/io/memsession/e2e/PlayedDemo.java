package io.memsession.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The demo as {@code ./demo} runs it: its cluster, its watch and its panel. */
final class PlayedDemo {
    private static final Pattern TOKEN = Pattern.compile("name=\"panel-token\" content=\"([0-9a-f]+)\"");
    private static final Map<Host, PlayedDemo> DEMOS = new EnumMap<>(Host.class);

    private final Cluster cluster;
    private final Panel panel;
    private final ScheduledExecutorService watching = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> looks;

    private PlayedDemo(Host host) {
        int port = Ports.any();
        this.cluster = Clusters.special(host, "page", Plan.pair(), made -> Panel.announce(port, made));
        DemoWatch watch = new DemoWatch(cluster);
        try {
            this.panel = new Panel(port, cluster, watch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.looks = watching.scheduleWithFixedDelay(watch::look, 0, 250, TimeUnit.MILLISECONDS);
    }

    /** The demo of that kind, all of it up and repaired. */
    static PlayedDemo whole(Host host) {
        PlayedDemo demo = DEMOS.computeIfAbsent(host, PlayedDemo::new);
        demo.cluster.all().stream().filter(ServerProcess::isRunning).forEach(ServerProcess::resume);
        demo.cluster.start();
        Load.awaitThatBothNodesAreUsed(demo.cluster);
        await().atMost(Duration.ofMinutes(1)).until(demo.cluster::isRepaired);
        return demo;
    }

    static void stopAll() {
        DEMOS.values().forEach(PlayedDemo::stop);
        DEMOS.clear();
    }

    private void stop() {
        looks.cancel(true);
        watching.shutdownNow();
        panel.close();
        cluster.stop();
    }

    String url() {
        return cluster.nginx().url();
    }

    String panel() {
        return panel.url();
    }

    /** What the panel's own page sends with each order. */
    String token() {
        Matcher found =
                TOKEN.matcher(new Browser(cluster.host()).get(panel.url(), "/").body());
        return found.find() ? found.group(1) : "";
    }

    List<String> servers() {
        return cluster.servers().stream().map(ServerProcess::name).toList();
    }

    ServerProcess process(String name) {
        return cluster.process(name).orElseThrow();
    }
}
