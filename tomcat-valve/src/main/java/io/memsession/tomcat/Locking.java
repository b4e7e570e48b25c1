package io.memsession.tomcat;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which requests have a session to themselves, in non-sticky mode.
 *
 * @param mode none, all, those that are not known to only read, or those that match a pattern
 * @param pattern the pattern, with {@link Mode#URI_PATTERN}
 * @param expiration how long a lease lasts that nobody renews
 * @param patience how long a request waits for its turn
 * @param status what a request is answered that waited in vain
 */
record Locking(Mode mode, @Nullable RequestPattern pattern, Duration expiration, Duration patience, int status) {
    private static final String NAME = "lockingMode";
    private static final String PATTERN = "uriPattern:";

    /** Who locks. */
    enum Mode {
        NONE,
        ALL,
        AUTO,
        URI_PATTERN
    }

    static Locking read(AttributeValues values) {
        String text = values.text(NAME, "none");
        boolean byPattern = text.regionMatches(true, 0, PATTERN, 0, PATTERN.length());
        String example = "uriPattern:/shop/cart.*";
        int status = (int) values.number("lockUnavailableStatus", 503, 400, 599);
        if (status != 503 && status != 409) {
            throw AttributeValues.wrong(
                    "lockUnavailableStatus", String.valueOf(status), "is neither 503 nor 409", "503");
        }
        return new Locking(
                byPattern ? Mode.URI_PATTERN : mode(text, example),
                byPattern
                        ? new RequestPattern(
                                AttributeValues.compiled(NAME, text, text.substring(PATTERN.length()), example))
                        : null,
                Duration.ofSeconds(values.number("lockExpiration", 5, 2, 3600)),
                Duration.ofMillis(values.number("lockTimeout", 10_000, 0, 3_600_000)),
                status);
    }

    private static Mode mode(String text, String example) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> Mode.NONE;
            case "all" -> Mode.ALL;
            case "auto" -> Mode.AUTO;
            default -> throw AttributeValues.wrong(NAME, text, "is none of none, all, auto and uriPattern:…", example);
        };
    }
}
