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
            start(cluster);
            if (words.contains("--check")) {
                right = new DemoCheck(cluster).holds();
            } else {
                welcome(cluster);
                new DemoWatch(cluster).follow();
                right = true;
            }
        } catch (IllegalStateException e) {
            say("failed: " + e.getMessage());
            right = false;
        }
        System.exit(right ? 0 : 1);
    }

    private static void start(Cluster cluster) {
        say("starting two memcacheds, two servers (" + cluster.host() + ", Java " + System.getProperty("java.version")
                + ") and nginx");
        cluster.start();
        for (ServerProcess process : cluster.all()) {
            say(process + " is up, pid " + process.pid());
        }
    }

    private static void welcome(Cluster cluster) {
        say("logs: " + cluster.nginx().log().getParent());
        System.out.printf(
                Locale.ROOT,
                "%n  The shop:  %s/%n%n  nginx gives each request to the next server. Reload the page to see it.%n"
                        + "  Type  kill n1, start n1, pause n2, resume n2, kill %s, start %2$s  and Enter,%n"
                        + "  or kill the processes from elsewhere. Ctrl-C ends the demo.%n%n",
                cluster.nginx().url(),
                cluster.servers().get(0).name());
    }

    /** Prints one line with the time. */
    static void say(String line) {
        System.out.println(TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  " + line);
    }
}
