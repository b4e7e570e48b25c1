package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** One line for each change of state, and one for each kind of trouble. */
class StoreLogTest {
    private static final SessionId ID =
            SessionId.routed("0123456789ABCDEF0123456789ABCDEF-n1").orElseThrow();

    private final List<String> lines = new ArrayList<>();
    private final StoreLog log = new StoreLog(new Lines(), 2);

    private final class Lines implements Logger {
        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            assertThat(params).isNull();
            lines.add(level + " " + format);
        }
    }

    @Test
    void aNodeThatIsDownIsNamedWithWhatFollows() {
        log.nodeDown("n2", "10.0.0.2:11211", "after 3 timeouts of 250 ms");
        assertThat(lines)
                .containsExactly("WARNING node n2 (10.0.0.2:11211) is down after 3 timeouts of 250 ms; "
                        + "1 of 2 copies is kept until it is back");
    }

    @Test
    void aNodesNameStandsThereOnce() {
        log.nodeDown("n2", "10.0.0.2:11211", "(node n2 (10.0.0.2:11211) refused the connection)");
        assertThat(lines.get(0)).contains("is down (refused the connection); ");
    }

    @Test
    void thatDiscoveryTellsNothingIsSaidOnceUntilItDoes() {
        log.nodesNotDiscovered("vip:11211", "it has no list", false);
        log.nodesNotDiscovered("vip:11211", "it does not answer", false);
        log.nodesDiscovered("vip:11211", 3, List.of("0a0a0a0a:host1:11211"));
        log.nodesNotDiscovered("vip:11211", "its answer is refused: a node\nwithout host", true);

        assertThat(lines)
                .containsExactly(
                        "WARNING discovery at vip:11211 tells no nodes (it has no list); until it does, sessions are unavailable",
                        "INFO discovery at vip:11211 tells 1 nodes (version 3): 0a0a0a0a:host1:11211",
                        "WARNING discovery at vip:11211 tells no nodes (its answer is refused: a node?without host); those that"
                                + " it told last are kept");
    }

    @Test
    void aNodeThatLeftIsNotCountedAmongThoseThatAreDown() {
        log.nodeDown("n1", "a:1", "(lost)");
        log.membersChanged(List.of("n2", "n3"));
        log.nodeDown("n2", "b:1", "(lost)");

        assertThat(lines.get(1)).isEqualTo("INFO sessions are kept on nodes n2, n3 from now on");
        assertThat(lines.get(2)).contains("1 of 2 copies is kept until it is back");
    }

    @Test
    void whatIsBehindAnAddressIsSaidWhenItIsAnother() {
        log.nodeExamined("memcached", "vip:1", "1.6.18");
        log.nodeExamined("memcached", "vip:1", "1.6.18");
        log.nodeExamined("memcached", "vip:1", "1.4.39");

        assertThat(lines)
                .containsExactly("INFO behind the address vip:1 is 1.6.18", "INFO behind the address vip:1 is 1.4.39");
    }

    @Test
    void goingOnWithoutSessionsIsSaidOnceInAnOutage() {
        log.unreachable(ID, "no node answered");
        log.unreachable(ID, "no node answered");
        assertThat(lines).hasSize(1).first().asString().contains("(no node answered)", "with new sessions");
        log.nodeUp("n1", "a:1");
        log.unreachable(ID, "no node answered");
        assertThat(lines).hasSize(3);
    }

    @Test
    void theLastNodeTakesAllSessionsOutOfReach() {
        log.nodeDown("n1", "a:1", "(closed)");
        log.nodeDown("n2", "b:1", "(closed)");
        log.nodeUp("n1", "a:1");
        assertThat(lines)
                .containsExactly(
                        "WARNING node n1 (a:1) is down (closed); 1 of 2 copies is kept until it is back",
                        "WARNING node n2 (b:1) is down (closed); no session can be read or kept until a node is back",
                        "INFO node n1 (a:1) is up again");
    }

    @Test
    void oneKindOfTroubleIsSaidOnceAndOnOneLine() {
        for (int i = 0; i < 100; i++) {
            log.attributeNotSaved(ID, "cart\nforged line", new AttributeCodecException("no way to write Socket", null));
            log.attributeUnreadable(ID, "cart", new AttributeCodecException("no class Shop", null));
            log.corruptRecord(ID, "n1", new CorruptRecordException("cut short"));
            log.recordTooLarge(ID, 2_000_000 + i, 1_000_000);
        }
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).doesNotContain("\n").doesNotContain(ID.plain()));
    }

    @Test
    void bracesInNamesAreNoPattern() {
        log.attributeNotSaved(ID, "{0}'", new AttributeCodecException("{1}", null));
        assertThat(lines.get(0)).contains("{0}'").contains("{1}");
    }
}
