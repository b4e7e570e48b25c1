package io.memsession.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {

    @Test
    void takesNodeAndRouteApart() {
        assertThat(SessionId.routed("ABC-n1.tomcat-a")).contains(new SessionId("ABC", "n1", "tomcat-a"));
        assertThat(SessionId.routed("ABC-n1")).contains(new SessionId("ABC", "n1", null));
        assertThat(SessionId.routed("ABC.route")).contains(new SessionId("ABC", null, "route"));
        assertThat(SessionId.routed("ABC")).contains(new SessionId("ABC", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABC-n1.route", "ABC-n1", "ABC.route", "ABC"})
    void isWrittenAsItWasRead(String text) {
        assertThat(SessionId.routed(text).orElseThrow().text()).isEqualTo(text);
    }

    @Test
    void anUnroutedIdKeepsItsDashesAndDots() {
        String uuid = "550e8400-e29b-41d4-a716-446655440000";
        assertThat(SessionId.unrouted(uuid).orElseThrow().plain()).isEqualTo(uuid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-n1",
                ".route",
                "a b",
                "a\r\nset x",
                "a\u0000b",
                "memsession:mark:n1",
                "a%0d%0ab",
                "ü",
                "a-",
                "a-n1.",
                "a-n1:b",
                "../a",
                "a\u2028"
            })
    void refusesWhatCouldReachBeyondItsKey(String text) {
        assertThat(SessionId.routed(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "memsession:mark:n1", "a b", "a%0d%0a", "a\n", "a:b"})
    void refusesUnroutedIdsToo(String text) {
        assertThat(SessionId.unrouted(text)).isEmpty();
        assertThatThrownBy(() -> new SessionId(text, null, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLongIds() {
        assertThat(SessionId.routed("A".repeat(6_000))).isEmpty();
        assertThat(SessionId.unrouted("A".repeat(SessionId.MAX_PLAIN_LENGTH + 1)))
                .isEmpty();
        assertThat(SessionId.routed("A".repeat(SessionId.MAX_PLAIN_LENGTH) + "-n1.r"))
                .isPresent();
    }

    @Test
    void isShortenedInLogs() {
        assertThat(new SessionId("0123456789ABCDEF0123456789ABCDEF", "n1", "a")).hasToString("012345…-n1.a");
        assertThat(new SessionId("abcdef", null, null)).hasToString("ab…");
    }
}
