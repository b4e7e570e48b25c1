package io.memsession.store.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.memsession.store.EncryptionKeys;
import io.memsession.store.LiveSession;
import io.memsession.store.MemcachedServer;
import io.memsession.store.NodeStatus;
import io.memsession.store.Sealing;
import io.memsession.store.SecuredServer;
import io.memsession.store.SecuredServer.Wants;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreConfig;
import io.memsession.store.StoreEvents;
import io.memsession.store.kryo.KryoAttributeCodec;
import io.memsession.store.spy.Protocol;
import io.memsession.store.spy.SpyNodes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on real memcacheds. */
@Tag("servers")
class MainTest {
    private static final String ID = "0123456789ABCDEF0123456789ABCDEF-n1";
    private static final String SECRET = "4111111111111111";

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        PrintStream both = new PrintStream(out, true, UTF_8);
        return Main.run(both, both, arguments);
    }

    private int runOnBoth(String command, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of(command, "--nodes", n1.address("n1") + "," + n2.address("n2")));
        arguments.addAll(Arrays.asList(more));
        return run(arguments.toArray(String[]::new));
    }

    private String said() {
        return out.toString(UTF_8);
    }

    /** An application that has kept a session, and is gone. */
    private void keepSession(String keyPrefix, @Nullable Sealing sealing) {
        try (SessionStore store = open(keyPrefix, sealing)) {
            SessionId id = SessionId.routed(ID).orElseThrow();
            LiveSession session = store.create(id, Duration.ofMinutes(30));
            session.attribute("card", SECRET);
            session.attribute("cart", new ArrayList<>(List.of("apples")));
            store.save(session);
            await().until(() -> store.nodes().stream().allMatch(NodeStatus::complete));
        }
    }

    private SessionStore open(String keyPrefix, @Nullable Sealing sealing) {
        StoreConfig config = StoreConfig.of(List.of(n1.address("n1"), n2.address("n2")), keyPrefix)
                .withOperationTimeout(Duration.ofMillis(500))
                .withSealing(sealing);
        return SessionStore.open(
                config,
                new SpyNodes(Protocol.BINARY, config.operationTimeout(), 1_000_000, InstantSource.system()),
                new KryoAttributeCodec(MainTest.class.getClassLoader()),
                new StoreEvents() {});
    }

    @Test
    void checkIsContentWithACompletePair() {
        keepSession("localhost:/shop", null);
        keepSession("", null);
        assertThat(runOnBoth("check")).as(said()).isEqualTo(Main.WELL);
        assertThat(said())
                .contains("node n1 (" + n1.address("n1").hostAndPort() + "): memcached 1.")
                .contains("binary protocol, CAS, list its keys")
                .contains("clock    as here")
                .contains("1,048,226 bytes a record")
                .contains("complete for localhost:/shop")
                .contains("complete for the application without prefix")
                .endsWith("all is well\n");
        assertThat(runOnBoth("check", "--protocol=text", "--prefix=localhost:/shop"))
                .as(said())
                .isEqualTo(Main.WELL);
        assertThat(said()).contains("text protocol").contains("complete for localhost:/shop");
    }

    @Test
    void checkNamesANodeThatLacksRecords() {
        keepSession("shop", null);
        n1.restart();
        assertThat(runOnBoth("check")).as(said()).isEqualTo(Main.NOT_WELL);
        assertThat(said())
                .contains("incomplete for shop")
                .contains("unconfirmed for shop")
                .contains("! n1 lacks records of shop")
                .contains("! n2 may lack records of shop");
    }

    @Test
    void checkNamesANodeThatDoesNotAnswer() {
        keepSession("shop", null);
        n2.close();
        assertThat(runOnBoth("check")).as(said()).isEqualTo(Main.NOT_WELL);
        assertThat(said()).contains("! n2 cannot be used").contains("! n1 may lack records of shop");
    }

    @Test
    void checkComparesTheItemLimitWithTheSetting() {
        assertThat(runOnBoth("check", "--max-record-size", "2000000")).isEqualTo(Main.NOT_WELL);
        assertThat(said())
                .contains("! n1 takes smaller records than maxRecordSize")
                .contains("-I");
    }

    @Test
    void checkChangesNothing() {
        runOnBoth("check");
        runOnBoth("show", ID);
        assertThat(n1.stat("cmd_set")).isZero();
        assertThat(n1.stat("curr_items")).isZero();
    }

    @Test
    void checkGoesOverTlsWithCredentials(@TempDir Path directory) throws IOException {
        try (SecuredServer secured = SecuredServer.started(Wants.TLS, Wants.LOGIN)) {
            Path password = Files.writeString(directory.resolve("password"), SecuredServer.PASSWORD + "\n");
            List<String> arguments = new ArrayList<>(List.of("check", "--nodes"));
            arguments.addAll(List.of(secured.process().address("n1").toString(), "--protocol", "text"));
            arguments.addAll(List.of("--tls", secured.trusted().toString(), "--username", SecuredServer.USER));
            arguments.addAll(List.of("--password-file", password.toString()));

            assertThat(run(arguments.toArray(String[]::new))).as(said()).isEqualTo(Main.WELL);
            assertThat(said()).contains("text protocol, CAS, list its keys");

            Files.writeString(password, "wrong-password");
            assertThat(run(arguments.toArray(String[]::new))).isEqualTo(Main.NOT_WELL);
            assertThat(said())
                    .contains("! n1 cannot be used")
                    .contains("correct --username and --password-file")
                    .doesNotContain("wrong-password");
        }
    }

    @Test
    void checkSaysThatANodeWithSaslListsNoKeys(@TempDir Path directory) throws IOException {
        try (SecuredServer secured = SecuredServer.started(Wants.SASL)) {
            Path password = Files.writeString(directory.resolve("password"), SecuredServer.PASSWORD);
            String nodes = secured.process().address("n1").toString();
            String[] arguments = {
                "check", "--nodes", nodes, "--username", SecuredServer.USER, "--password-file", password.toString()
            };

            assertThat(run(arguments)).as(said()).isEqualTo(Main.NOT_WELL);
            assertThat(said()).contains("! n1 cannot list its keys").doesNotContain("CAS, list its keys");
        }
    }

    @Test
    void showTellsWhatBothHomesKeepButNoValue() {
        keepSession("shop", null);
        assertThat(runOnBoth("show", ID + ".route")).as(said()).isEqualTo(Main.WELL);
        assertThat(said())
                .contains("application shop\n")
                .containsPattern("home n1: live, \\d+ bytes, version \\d+, created 20")
                .containsPattern("home n2: live, \\d+ bytes, version \\d+, created 20")
                .containsPattern("  +\\d+  card\n")
                .doesNotContain(SECRET)
                .doesNotContain("apples")
                .doesNotContain(ID.substring(0, 32));
    }

    @Test
    void showTellsOfASessionThatIsOver() {
        keepSession("shop", null);
        try (SessionStore store = open("shop", null)) {
            store.end(SessionId.routed(ID).orElseThrow());
        }
        assertThat(runOnBoth("show", ID)).isEqualTo(Main.NOT_WELL);
        assertThat(said()).contains("home n1: ended").contains("home n2: ended");
    }

    @Test
    void showTellsWhichHomeLacksTheSession() {
        keepSession("shop", null);
        n2.restart();
        assertThat(runOnBoth("show", ID)).isEqualTo(Main.NOT_WELL);
        assertThat(said()).contains("home n1: live").contains("home n2: nothing");
    }

    @Test
    void showTellsOfASealedSessionThatItIsThere() {
        String key = "k1:" + "A".repeat(43) + "=";
        keepSession("shop", new Sealing(EncryptionKeys.parse("keys", key), false));
        assertThat(runOnBoth("show", ID)).as(said()).isEqualTo(Main.WELL);
        assertThat(said()).contains("home n1: sealed").doesNotContain("card");
    }

    @Test
    void showTellsThatThereIsNoSuchSession() {
        keepSession("shop", null);
        assertThat(runOnBoth("show", "ANOTHER-n1")).isEqualTo(Main.NOT_WELL);
        assertThat(said()).contains("no node keeps anything of that session");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|usage",
                "repair --nodes n1:127.0.0.1:1|no command repair",
                "check|--nodes is missing",
                "check --nodes|--nodes wants a value",
                "check --nodes n1:127.0.0.1|is not of the form id:host:port",
                "check --nodes n1:127.0.0.1:1 --prefx shop|no option --prefx",
                "check --nodes n1:127.0.0.1:1 --protocol udp|neither binary nor text",
                "check --nodes n1:127.0.0.1:1 --timeout soon|--timeout \"soon\" is not a whole number",
                "check --nodes n1:127.0.0.1:1 --prefix memsession|reserved",
                "check --nodes n1:127.0.0.1:1 S1|takes options only",
                "check --nodes n1:127.0.0.1:1 --username shop|--password-file is missing",
                "check --nodes n1:127.0.0.1:1 --password-file /no/such|--password-file \"/no/such\" cannot be read",
                "check --nodes n1:127.0.0.1:1 --tls /no/such|--tls=\"/no/such\" cannot be read",
                "show --nodes n1:127.0.0.1:1|wants a session id",
                "show --nodes n1:127.0.0.1:1 --prefix shop a:b|no session id"
            })
    void aMisuseIsNamed(String misuse) {
        String[] parts = misuse.split("\\|");
        assertThat(run(parts[0].isEmpty() ? new String[0] : parts[0].split(" ")))
                .as(said())
                .isEqualTo(Main.MISUSED);
        assertThat(said()).contains(parts[1]);
    }
}
