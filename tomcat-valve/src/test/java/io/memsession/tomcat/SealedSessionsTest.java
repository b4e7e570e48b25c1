package io.memsession.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.memsession.store.MemcachedServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** App servers with encryption keys over real memcacheds. */
class SealedSessionsTest {
    private static final String K1 = key("k1", "1");
    private static final String K2 = key("k2", "2");

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private static String key(String id, String byteOfKey) {
        byte[] bytes = byteOfKey.repeat(32).getBytes(StandardCharsets.US_ASCII);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private AppServer server(String keys) {
        return Pages.on(AppServer.on(keys.isEmpty() ? Map.of() : Map.of("encryptionKeys", keys), n1, n2));
    }

    @Test
    void nodesHoldNeitherIdsNorNamesNorValuesInClear() {
        for (String keys : new String[] {"", K1}) {
            try (AppServer server = server(keys)) {
                String id =
                        server.get("/set?name=whisper&value=a-secret-value", "").cookie();
                assertThat(server.get("/get?name=whisper", id).body()).isEqualTo("a-secret-value");
                String plain = id.substring(0, id.indexOf('-'));
                for (MemcachedServer node : new MemcachedServer[] {n1, n2}) {
                    if (keys.isEmpty()) {
                        assertThat(node.content()).contains(plain, "whisper", "a-secret");
                        node.restart();
                    } else {
                        assertThat(node.content()).isNotEmpty().doesNotContain(plain, "whisper", "a-secret");
                    }
                }
            }
        }
    }

    @Test
    void keysAreChangedServerByServerWithoutLoggingAnybodyOut() {
        try (AppServer old = server(K1);
                AppServer oldFirst = server(K1 + "," + K2);
                AppServer newFirst = server(K2 + "," + K1);
                AppServer young = server(K2)) {
            AppServer[] inTurn = {old, oldFirst, old, oldFirst, newFirst, oldFirst, newFirst, young, newFirst, young};
            String id = "";
            for (int i = 0; i < inTurn.length; i++) {
                assertThat(inTurn[i].get("/get?name=n", id).body()).isEqualTo(i == 0 ? "no session" : "" + (i - 1));
                String cookie = inTurn[i].get("/set?name=n&value=" + i, id).cookie();
                id = cookie.isEmpty() ? id : cookie;
            }
        }
    }

    @Test
    void aWrongKeyIsACountedMissAndNoError() {
        try (AppServer right = server(K1);
                AppServer wrong = server("k1" + K2.substring(2));
                AppServer none = server("")) {
            String id = right.get("/set?name=n&value=kept", "").cookie();

            assertThat(wrong.get("/get?name=n", id))
                    .extracting(AppServer.Answer::status, AppServer.Answer::body)
                    .containsExactly(200, "no session");
            assertThat(wrong.manager().getCorruptRecords()).isPositive();
            assertThat(none.get("/get?name=n", id).body()).isEqualTo("no session");
            assertThat(right.get("/get?name=n", id).body()).isEqualTo("kept");
        }
    }

    @Test
    void aKeyThatIsNoneStopsTheStart() {
        try (AppServer server = AppServer.on(Map.of("encryptionKeys", "k1:short"), n1, n2)) {
            assertThat(server.context().getState().isAvailable()).isFalse();
        }
    }
}
