package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** haproxy before the app servers, with {@code deploy/haproxy/app-servers.cfg}. */
@Tag("long")
class HaproxyIT {
    /** Twice 3 s, and how long the checks themselves may take. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    private static final int REQUESTS = 6;

    private final Layout layout = Layout.ofThisRun();

    /** haproxy as a process. */
    private static final class HaproxyProcess extends ServerProcess {
        private static final String CONFIGURATION = "haproxy.cfg";

        HaproxyProcess(Slot slot, List<AppServer> servers) throws IOException {
            super(slot);
            String lines = servers.stream()
                    .map(server -> "server " + server.name() + " " + server.hostAndPort())
                    .collect(Collectors.joining("\n    "));
            Files.writeString(
                    folder().resolve(CONFIGURATION),
                    Files.readString(slot.layout().file("deploy/haproxy/app-servers.cfg"))
                            .replace("${LISTEN}", hostAndPort())
                            .replace("${SERVERS}", lines));
        }

        @Override
        List<String> command() {
            return List.of(Children.program("haproxy"), "-db", "-f", CONFIGURATION);
        }

        @Override
        boolean answers() {
            return Ports.answers(socket());
        }
    }

    @Test
    void goesRoundTheServersLeavesOutOneThatHangsAndTakesItBack() throws IOException {
        try (Children children = new Children()) {
            List<AppServer> servers = List.of(plain(children, 1), plain(children, 2));
            HaproxyProcess haproxy = haproxy(children, servers);
            servers.forEach(ServerProcess::start);
            servers.forEach(ServerProcess::awaitUp);
            haproxy.start();
            haproxy.awaitUp();
            assertThat(answering(haproxy)).containsExactly("tomcat1", "tomcat2");

            servers.get(0).pause();
            await().atMost(NOTICED).until(() -> haproxy.printed().contains("Server app/tomcat1 is DOWN"));
            assertThat(answering(haproxy)).containsExactly("tomcat2");
            servers.get(0).resume();
            await().atMost(NOTICED).until(() -> haproxy.printed().contains("Server app/tomcat1 is UP"));
            assertThat(answering(haproxy)).containsExactly("tomcat1", "tomcat2");

            servers.get(1).kill9();
            assertThat(answering(haproxy)).as("before a check has noticed").containsExactly("tomcat1");
        }
    }

    private HaproxyProcess haproxy(Children children, List<AppServer> servers) throws IOException {
        try {
            Children.program("haproxy");
        } catch (IllegalStateException missing) {
            Assumptions.abort(missing.getMessage());
        }
        return new HaproxyProcess(slot(children, "haproxy"), servers);
    }

    private static Set<String> answering(HaproxyProcess haproxy) {
        return RoundRobin.answering("http://" + haproxy.hostAndPort(), REQUESTS);
    }

    private AppServer plain(Children children, int number) {
        return Host.TOMCAT11.withoutMemsession(slot(children, "tomcat" + number));
    }

    private Slot slot(Children children, String name) {
        return new Slot(children, layout, "haproxy", name, Ports.any());
    }
}
