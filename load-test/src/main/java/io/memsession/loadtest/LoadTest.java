package io.memsession.loadtest;

import io.memsession.e2e.AppServer;
import io.memsession.e2e.Browser;
import io.memsession.e2e.Children;
import io.memsession.e2e.Cluster;
import io.memsession.e2e.Demo;
import io.memsession.e2e.Host;
import io.memsession.e2e.Layout;
import io.memsession.e2e.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The load test: a cluster of each kind of app server under load, one after the other, and a report. */
public final class LoadTest {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final String MINUTES = "0.8";
    private static final String USERS = "2000";

    private LoadTest() {}

    /** Takes {@code [tomcat|boot] [--faults] [--minutes N] [--users N]}; ends with 1 if anything was not right. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> words = List.of(args);
        Load.Demand demand = new Load.Demand(
                Integer.parseInt(option(words, "--users", USERS)),
                Duration.ofMillis(Math.round(60_000 * Double.parseDouble(option(words, "--minutes", MINUTES)))),
                words.contains("--faults"));
        Layout layout = Layout.ofThisRun();
        Path folder = Files.createDirectories(layout.root()
                .resolve("load-test/target/reports")
                .resolve(STAMP.format(LocalDateTime.now(ZoneId.systemDefault()))));
        List<Result> results = new ArrayList<>();
        boolean failed = false;
        try (Children children = new Children()) {
            for (Host host : hosts(words)) {
                results.add(run(host, demand, layout, children, folder));
            }
        } catch (IllegalStateException e) {
            Demo.say("failed: " + e.getMessage());
            failed = true;
        }
        report(folder, words, results);
        System.exit(failed || !results.stream().allMatch(Result::holds) ? 1 : 0);
    }

    private static String option(List<String> words, String name, String otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : words.get(at + 1);
    }

    private static List<Host> hosts(List<String> words) {
        if (words.contains("tomcat") == words.contains("boot")) {
            return List.of(Host.TOMCAT11, Host.BOOT);
        }
        return List.of(words.contains("boot") ? Host.BOOT : Host.TOMCAT11);
    }

    /** Starts a cluster, lets the users come, and stops it. */
    static Result run(Host host, Load.Demand demand, Layout layout, Children children, Path folder)
            throws InterruptedException {
        String word = host.name().toLowerCase(Locale.ROOT);
        Cluster cluster = new Cluster(host, "load-" + word, layout, children, wanted -> Ports.any());
        Demo.say("starting two memcacheds, two servers (" + host + ") and nginx");
        cluster.start();
        awaitWhole(cluster);
        Demo.say(String.format(
                Locale.ROOT,
                "%,d users for %d s%s",
                demand.users(),
                demand.lasts().toSeconds(),
                demand.faults() ? ", while nodes and servers are killed" : ""));
        Result result = new Load(cluster, demand, Demo::say).run(folder.resolve(word));
        cluster.stop();
        return result;
    }

    /** Both servers have to know both nodes: a kill before that would be a second failure. */
    private static void awaitWhole(Cluster cluster) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        do {
            for (AppServer server : cluster.servers()) {
                new Browser(cluster.host()).post(server.url(), "/api/cart?sku=tea&quantity=1");
            }
            TimeUnit.MILLISECONDS.sleep(200);
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "the pair is not complete after " + LONGEST_START.toSeconds() + " s: " + cluster.notRepaired());
            }
        } while (!cluster.isRepaired());
    }

    private static void report(Path folder, List<String> words, List<Result> results) throws IOException {
        String title = ("./loadtest " + String.join(" ", words)).strip();
        Path page = folder.resolve("index.html");
        Files.writeString(page, new Page(folder, title, results).html());
        System.out.println();
        Summary.lines(results).forEach(System.out::println);
        System.out.println();
        results.forEach(result -> System.out.println(
                result.host() + (result.holds() ? ": every user saw what he must see" : ": NOT as it must be")));
        System.out.println("report: " + page);
    }
}
