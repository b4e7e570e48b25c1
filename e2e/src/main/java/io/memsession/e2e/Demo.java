package io.memsession.e2e;

import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The demo: two memcacheds, two app servers with the shop and an nginx, to play with or to check unattended. */
public final class Demo {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private Demo() {}

    /** Runs until Ctrl-C, or with {@code --check} until all was checked; {@code boot} takes Boot for Tomcat 11. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = List.of(args);
        Host host = words.contains("boot") ? Host.BOOT : Host.TOMCAT11;
        boolean right;
        try (Children children = new Children()) {
            Cluster cluster = new Cluster(
                    host, "demo-" + ProcessHandle.current().pid(), Layout.ofThisRun(), children, Ports::from);
            right = words.contains("--check") ? check(cluster) : play(cluster);
        } catch (IllegalStateException e) {
            say("failed: " + e.getMessage());
            right = false;
        }
        System.exit(right ? 0 : 1);
    }

    private static boolean check(Cluster cluster) throws InterruptedException {
        start(cluster);
        return new DemoCheck(cluster).holds();
    }

    /** Goes on until the JVM ends. */
    private static boolean play(Cluster cluster) throws IOException, InterruptedException {
        int port = Ports.from(8090);
        Panel.announce(port, cluster);
        start(cluster);
        DemoWatch watch = new DemoWatch(cluster);
        try (Panel panel = new Panel(port, cluster, watch)) {
            welcome(cluster, panel);
            watch.follow();
        }
        return true;
    }

    private static void start(Cluster cluster) {
        say("starting two memcacheds, two servers (" + cluster.host() + ", Java " + System.getProperty("java.version")
                + ") and nginx");
        cluster.start();
        for (ServerProcess process : cluster.all()) {
            say(process + " is up, pid " + process.pid());
        }
    }

    private static void welcome(Cluster cluster, Panel panel) {
        say("logs: " + cluster.nginx().log().getParent());
        System.out.printf(
                Locale.ROOT,
                "%n  The shop:  %s/%n%n  nginx gives each request to the next server; the page shows which one. Kill, hang, resume%n"
                        + "  and restart servers in the page's panel (%s/ by itself), or type%n"
                        + "  kill n1, hang n2, resume n2, restart %s  and Enter. Ctrl-C ends the demo.%n%n",
                cluster.nginx().url(),
                panel.url(),
                cluster.servers().get(0).name());
    }

    /** Prints one line with the time. */
    public static void say(String line) {
        System.out.println(TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  " + line);
    }
}
