package io.memsession.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Projects that were built with what a release stages: run, two servers of each, while a node and a server are killed.
 */
public final class Strangers {
    private Strangers() {}

    /** Takes the folder of the projects; ends with 1 if a session was lost. */
    public static void main(String[] args) throws IOException {
        List<Path> projects;
        try (Stream<Path> folders = Files.list(Path.of(args[0]))) {
            projects = folders.sorted().toList();
        }
        List<String> lost = new ArrayList<>();
        try (Children children = new Children()) {
            for (Path project : projects) {
                String visits = visits(children, project);
                Demo.say(project.getFileName() + ": visits " + visits);
                if (!visits.equals("1 2 3 4")) {
                    lost.add(project.getFileName() + " counted " + visits + ", not 1 2 3 4");
                }
            }
        }
        lost.forEach(Demo::say);
        System.exit(lost.isEmpty() ? 0 : 1);
    }

    /** What the pages told of one session: at one server, at the other, without a node, without a server. */
    private static String visits(Children children, Path project) {
        Layout layout = Layout.ofThisRun();
        String group = "stranger-" + project.getFileName();
        MemcachedProcess n1 = new MemcachedProcess(new Slot(children, layout, group, "n1", Ports.any()));
        MemcachedProcess n2 = new MemcachedProcess(new Slot(children, layout, group, "n2", Ports.any()));
        String nodes = n1.address() + "," + n2.address();
        StrangerServer a = new StrangerServer(new Slot(children, layout, group, "a", Ports.any()), project, nodes);
        StrangerServer b = new StrangerServer(new Slot(children, layout, group, "b", Ports.any()), project, nodes);
        List<ServerProcess> all = List.of(n1, n2, a, b);
        all.forEach(ServerProcess::start);
        all.forEach(ServerProcess::awaitUp);
        Browser browser = new Browser(project.endsWith("boot") ? Host.BOOT : Host.TOMCAT11);
        List<String> visits = new ArrayList<>();
        visits.add(visit(browser, a));
        visits.add(visit(browser, b));
        n1.kill9();
        visits.add(visit(browser, a));
        a.kill9();
        visits.add(visit(browser, b));
        all.forEach(ServerProcess::kill9);
        return String.join(" ", visits);
    }

    private static String visit(Browser browser, StrangerServer server) {
        return browser.get(server.url(), "/").body().strip();
    }
}
