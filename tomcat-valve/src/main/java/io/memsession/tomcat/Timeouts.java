package io.memsession.tomcat;

import java.time.Duration;

/** Timeouts as Tomcat writes them: seconds, where nothing and less mean never. */
final class Timeouts {
    private static final Duration NEVER = Duration.ofMillis(-1);

    private Timeouts() {}

    static Duration duration(int seconds) {
        return seconds <= 0 ? NEVER : Duration.ofSeconds(seconds);
    }

    static int seconds(Duration timeout) {
        return timeout.isNegative() ? -1 : (int) Math.min(Integer.MAX_VALUE, Math.max(1, timeout.toSeconds()));
    }
}
