package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is made of the lists that a source tells. */
class DiscoveryTest {
    private final SimulatedTime time = new SimulatedTime();
    private final InMemoryServer[] servers = {
        new InMemoryServer(time), new InMemoryServer(time), new InMemoryServer(time)
    };
    private final AppServer server = AppServer.discovering(time, servers);
    private final List<String> lines = new ArrayList<>();
    private final Discovery discovery = server.discovery(this::answer, new StoreEvents() {
        @Override
        public void nodesDiscovered(String source, long version, List<String> nodes) {
            lines.add("version " + version);
        }

        @Override
        public void nodesNotDiscovered(String source, String why, boolean known) {
            lines.add(why + (known ? "; kept" : "; none"));
        }
    });

    private @Nullable String list;
    private @Nullable IOException failure;

    private Optional<NodeList> answer() throws IOException {
        if (failure != null) {
            throw failure;
        }
        return list == null ? Optional.empty() : Optional.of(NodeList.parse(list));
    }

    private List<String> look(@Nullable String told) {
        list = told;
        lines.clear();
        server.done(discovery.look());
        return lines;
    }

    private long version() {
        return server.nodes.target().version();
    }

    @Test
    void followsANewerListAndNotTheSameAgain() {
        assertThat(look("1 a||1 a||2")).containsExactly("version 1");
        assertThat(look("1 a||1 a||2")).isEmpty();
        assertThat(look("2 a||1 a||2 a||3")).containsExactly("version 2");
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void ignoresAnOlderListWhileANodeOfTheNewerIsThere() {
        look("2 a||1 a||2");
        assertThat(look("1 a||3")).isEmpty();
        assertThat(version()).isEqualTo(2);
    }

    @Test
    void followsAnOlderListWhenNoNodeOfTheNewerIsThereAnyMore() {
        look("2 a||1 a||2");
        servers[0].kill();
        servers[1].kill();
        time.pass(java.time.Duration.ofSeconds(5));

        assertThat(look("1 a||3")).containsExactly("version 1");
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void refusesOtherNodesUnderTheSameVersion() {
        look("2 a||1 a||2");
        assertThat(look("2 a||1 a||3"))
                .containsExactly("it tells other nodes under the same version 2; raise the version; kept");
        assertThat(server.nodes.sets()).hasSize(1);
    }

    @Test
    void keepsTheLastListWhenTheServerIsEmptySilentOrTalksNonsense() {
        assertThat(look(null)).containsExactly("it has no list; none");
        look("2 a||1 a||2");
        assertThat(look(null)).containsExactly("it has no list; kept");
        assertThat(look("nonsense")).singleElement().asString().startsWith("its answer is refused");
        failure = new IOException("refused");
        assertThat(look(null)).containsExactly("it does not answer: refused; kept");
        assertThat(server.nodes.all()).hasSize(2);
    }

    @Test
    void saysThatTheListIsToldAgainAndThenAlsoThatItIsNotOnceMore() {
        look(null);
        look("2 a||1 a||2");
        assertThat(look("2 a||1 a||2")).isEmpty();
        look(null);
        assertThat(look("2 a||1 a||2")).containsExactly("version 2");
        assertThat(look("2 a||1 a||2")).isEmpty();
        assertThat(look(null)).containsExactly("it has no list; kept");
        assertThat(look("1 a||1 a||3")).isEmpty();
        assertThat(look("2 a||1 a||2")).containsExactly("version 2");
    }

    @Test
    void hearsOfANewerListFromTheNodesToo() throws ProtocolException {
        look("1 a||1 a||2");
        servers[1].put(
                NodeListQuestion.KEY,
                NodeList.parse("3 a||2 a||3").text().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(look("1 a||1 a||2")).containsExactly("version 3");
        assertThat(version()).isEqualTo(3);
    }
}
