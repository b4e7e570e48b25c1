package io.memsession.store.line;

import io.memsession.store.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, for servers that want to know.
 *
 * @param user the user's name
 * @param password the password; no text shows it
 * @param way how they are told
 */
public record Credentials(String user, String password, Way way) {

    /** How credentials are told. */
    public enum Way {
        /** By SASL PLAIN in memcached's binary protocol, to one that runs with {@code -S}. */
        SASL,
        /** By the first command of memcached's text protocol, to one that runs with {@code -Y}. */
        TEXT
    }

    /**
     * Those that were set; null if none were.
     *
     * @throws ConfigException if only one of both was set, or one cannot be told in that way
     */
    public static @Nullable Credentials read(
            Wording wording, @Nullable String user, @Nullable String password, Way way) {
        boolean named = user != null && !user.isBlank();
        boolean known = password != null && !password.isBlank();
        if (named != known) {
            throw new ConfigException((named ? wording.password() : wording.username()) + " is missing: "
                    + wording.credentials() + " go together; set both, or neither");
        }
        if (user == null || password == null || !named) {
            return null;
        }
        if (!user.matches(way == Way.TEXT ? "[^\\s\\p{Cntrl}]+" : "[^\\p{Cntrl}]+")
                || !password.matches("[^\\p{Cntrl}]+")) {
            throw new ConfigException(wording.credentials()
                    + " must not have control characters, nor the name, in the text protocol, white space");
        }
        return new Credentials(user, password, way);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return "user \"" + user + "\"";
    }
}
