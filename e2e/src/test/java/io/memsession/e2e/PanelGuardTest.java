package io.memsession.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;

class PanelGuardTest {
    private static final String OWN = "127.0.0.1:8090";

    private final PanelGuard guard = new PanelGuard(8090, 8080);
    private final String token = guard.admit("{token}");

    private static Headers headers(String... namesAndValues) {
        Headers headers = new Headers();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private boolean obeys(String method, String... headers) {
        return guard.refusal(method, headers(headers)).isEmpty();
    }

    @Test
    void obeysItsOwnPage() {
        assertThat(obeys("POST", "Host", OWN, "Origin", "http://" + OWN, PanelGuard.HEADER, token))
                .isTrue();
        assertThat(obeys("GET", "Host", OWN)).isTrue();
        assertThat(obeys("GET", "Host", "localhost:8090")).isTrue();
    }

    @Test
    void obeysNoPageFromElsewhere() {
        assertThat(obeys("POST", "Host", OWN, "Origin", "http://evil.example", PanelGuard.HEADER, token))
                .isFalse();
        assertThat(obeys("POST", "Host", OWN, "Origin", "http://127.0.0.1:8080", PanelGuard.HEADER, token))
                .isFalse();
        assertThat(obeys("POST", "Host", OWN, "Origin", "null", PanelGuard.HEADER, token))
                .isFalse();
        assertThat(obeys("POST", "Host", OWN, PanelGuard.HEADER, token)).isFalse();
    }

    @Test
    void showsNothingUnderANameThatWasMadeToLeadHere() {
        assertThat(obeys("GET", "Host", "evil.example:8090")).isFalse();
        assertThat(obeys("GET")).isFalse();
        assertThat(obeys("GET", "Host", OWN, "Host", "evil.example:8090")).isFalse();
    }

    @Test
    void obeysNobodyWithoutTheToken() {
        assertThat(obeys("POST", "Host", OWN, "Origin", "http://" + OWN)).isFalse();
        assertThat(obeys("POST", "Host", OWN, "Origin", "http://" + OWN, PanelGuard.HEADER, "0" + token))
                .isFalse();
        assertThat(obeys("DELETE", "Host", OWN)).isFalse();
        assertThat(new PanelGuard(8090, 8080).admit("{token}")).hasSize(32).isNotEqualTo(token);
    }

    @Test
    void isShownWithinTheShopAlone() {
        assertThat(guard.headers().get("Content-Security-Policy"))
                .contains("frame-ancestors http://127.0.0.1:8080 http://localhost:8080");
    }
}
