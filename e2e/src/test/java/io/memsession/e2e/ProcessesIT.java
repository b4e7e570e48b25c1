package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts that the other tests are made of: they do what they say, also without Memsession in them. */
class ProcessesIT {
    private final Layout layout = Layout.ofThisRun();

    @Test
    void memcachedCountsWhatItIsAskedAndComesBackEmpty() {
        try (Children children = new Children()) {
            MemcachedProcess node = new MemcachedProcess(slot(children, "n1"));
            node.start();
            node.awaitUp();
            long first = node.pid();
            assertThat(node.commands()).isZero();

            node.pause();
            assertThat(node.answers()).isFalse();
            assertThat(node.isRunning()).isTrue();
            node.resume();
            assertThat(node.answers()).isTrue();
            node.kill9();
            assertThat(node.isRunning()).isFalse();
            node.restart();
            assertThat(node.answers()).isTrue();
            assertThat(node.pid()).isNotEqualTo(first);
            assertThat(node.stat("curr_items")).isZero();
        }
    }

    @Test
    void nginxGoesRoundTheServersAndStepsAroundOneThatIsKilled() {
        try (Children children = new Children()) {
            List<AppServer> servers = List.of(plain(children, 1), plain(children, 2));
            NginxProcess nginx = new NginxProcess(
                    slot(children, "nginx"), servers, List.of(new MemcachedProcess(slot(children, "n1"))));
            servers.forEach(ServerProcess::start);
            servers.forEach(ServerProcess::awaitUp);
            nginx.start();
            nginx.awaitUp();

            assertThat(RoundRobin.answering(nginx.url(), 10)).containsExactly("tomcat1", "tomcat2");
            servers.get(0).kill9();
            assertThat(RoundRobin.answering(nginx.url(), 10)).containsExactly("tomcat2");
        }
    }

    private AppServer plain(Children children, int number) {
        return Host.TOMCAT11.withoutMemsession(slot(children, "tomcat" + number));
    }

    private Slot slot(Children children, String name) {
        return new Slot(children, layout, "parts", name, Ports.any());
    }
}
