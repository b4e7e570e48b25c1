package io.memsession.store.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.LiveSession;
import io.memsession.store.NodeStatus;
import io.memsession.store.NodesByAddress;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.redis.RedisServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the command line says of Redis servers. */
@Tag("long")
class RedisReportTest {
    private static final String ID = "CAFE-n1";

    @AutoClose
    private final RedisServer first = RedisServer.started();

    @AutoClose
    private final RedisServer second = RedisServer.started();

    private void keepSession() {
        StoreConfig config = StoreConfig.of(List.of(first.address("n1"), second.address("n2")), "shop")
                .withOperationTimeout(Duration.ofSeconds(2));
        try (SessionStore store = SessionStore.open(
                config,
                NodesByAddress.of(config, address -> {
                    throw new AssertionError(address);
                }),
                new KryoAttributeCodec(getClass().getClassLoader()),
                StoreEvents.NONE)) {
            LiveSession session = store.create(SessionId.routed(ID).orElseThrow(), Duration.ofMinutes(30));
            session.attribute("card", "secret");
            store.save(session);
            await().until(() -> store.nodes().stream().allMatch(NodeStatus::complete));
        }
    }

    private String run(int expected, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, UTF_8);
        assertThat(Main.run(out, out, arguments)).as(said.toString(UTF_8)).isEqualTo(expected);
        return said.toString(UTF_8);
    }

    @Test
    void isTheSameAsOfMemcacheds() {
        keepSession();
        String nodes = "n1:redis://127.0.0.1:" + first.port() + ",n2:redis://127.0.0.1:" + second.port();

        assertThat(run(Main.WELL, "check", "--nodes", nodes))
                .contains("node n1 (127.0.0.1:" + first.port() + "): Redis 7.")
                .contains("can      Redis protocol, CAS, list its keys")
                .contains("clock    as here")
                .contains("complete for shop");
        assertThat(run(Main.WELL, "show", "--nodes", nodes, ID))
                .contains("card")
                .doesNotContain("secret");
        second.restart();
        assertThat(run(Main.NOT_WELL, "check", "--nodes", nodes)).contains("! n2 lacks records of shop");
    }
}
