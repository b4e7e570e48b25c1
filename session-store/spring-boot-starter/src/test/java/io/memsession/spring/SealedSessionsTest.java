package io.memsession.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memsession.store.MemcachedServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** App servers with encryption keys over real memcacheds. */
@ExtendWith(OutputCaptureExtension.class)
class SealedSessionsTest {
    private static final String K1 = key("k1", "1");
    private static final String K2 = key("k2", "2");

    private final Visitor visitor = new Visitor();

    @AutoClose
    private final MemcachedServer n1 = MemcachedServer.started();

    @AutoClose
    private final MemcachedServer n2 = MemcachedServer.started();

    private static String key(String id, String byteOfKey) {
        byte[] bytes = byteOfKey.repeat(32).getBytes(StandardCharsets.US_ASCII);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }

    private Shop shop(String keys) {
        return Shop.start(nodes(), "memsession.encryption.keys=" + keys);
    }

    private String nodes() {
        return n1.address("n1") + "," + n2.address("n2");
    }

    private String id() {
        String cookie = String.valueOf(visitor.cookie());
        return new String(Base64.getDecoder().decode(cookie.substring("SESSION=".length())), StandardCharsets.US_ASCII);
    }

    @Test
    void nodesHoldNeitherIdsNorNamesNorValuesInClear() {
        try (Shop shop = shop(K1)) {
            visitor.get(shop, "/write?cart=a-secret-value");
            assertThat(visitor.body(shop, "/read")).isEqualTo("a-secret-value");
            for (MemcachedServer node : new MemcachedServer[] {n1, n2}) {
                assertThat(node.content()).isNotEmpty().doesNotContain(id(), "cart", "a-secret");
            }
        }
        try (Shop shop = Shop.start(nodes())) {
            visitor.cookie(null);
            visitor.get(shop, "/write?cart=a-secret-value");
            for (MemcachedServer node : new MemcachedServer[] {n1, n2}) {
                assertThat(node.content()).contains(id(), "cart", "a-secret");
            }
        }
    }

    @Test
    void keysAreChangedServerByServerWithoutLoggingAnybodyOut() {
        try (Shop old = shop(K1);
                Shop oldFirst = shop(K1 + "," + K2);
                Shop newFirst = shop(K2 + "," + K1);
                Shop young = shop(K2)) {
            Shop[] inTurn = {old, oldFirst, old, oldFirst, newFirst, oldFirst, newFirst, young, newFirst, young};
            for (int i = 0; i < inTurn.length; i++) {
                assertThat(visitor.body(inTurn[i], "/read")).isEqualTo(i == 0 ? "no session" : "tea" + (i - 1));
                visitor.get(inTurn[i], "/write?cart=tea" + i);
            }
        }
    }

    @Test
    void aWrongKeyIsAMissThatIsToldAndNoError(CapturedOutput output) {
        try (Shop right = shop(K1);
                Shop wrong = shop("k1" + K2.substring(2))) {
            visitor.get(right, "/write?cart=kept");
            String cookie = visitor.cookie();

            HttpResponse<String> answer = visitor.get(wrong, "/read");
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("no session");
            assertThat(output.toString()).contains("no key here opens");
            assertThat(visitor.with(String.valueOf(cookie)).body(right, "/read"))
                    .isEqualTo("kept");
        }
    }

    @Test
    void aKeyThatIsNoneStopsTheStart() {
        assertThatThrownBy(() -> shop("k1:short").close())
                .rootCause()
                .isInstanceOf(PropertyException.class)
                .hasMessageContaining("memsession.encryption.keys");
    }
}
