package io.memsession.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How a Redis is spoken to, as its address tells it: {@code redis://user:password@host:port/database}.
 *
 * @param tls whether the connection is encrypted ({@code rediss}), and the server's certificate and name are checked
 * @param user the name to log in with; empty for the server's default user
 * @param password what to log in with; null if nobody has to
 * @param database the number of the server's database
 */
public record RedisAccess(
        boolean tls, String user, @Nullable String password, int database) {
    /** Without login, to the first database. */
    public static final RedisAccess PLAIN = new RedisAccess(false, "", null, 0);

    /** Between the scheme and the host. */
    static final String LOGIN = "(?:([^:@/\\s]*):([^@/\\s]*)@)?";

    /** Reads the parts of an address; those that are missing are null. */
    static RedisAccess of(String scheme, @Nullable String user, @Nullable String password, @Nullable String database) {
        return new RedisAccess(
                scheme.equals("rediss"),
                user == null ? "" : decoded(user),
                password == null ? null : decoded(password),
                database == null ? 0 : Integer.parseInt(database));
    }

    /** What cannot stand in an address is written as {@code %} and two digits there. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) { // its message has the text, which may be a password
            throw new ConfigException("a user or password in a Redis address has a % without two hexadecimal digits"
                    + " behind it; write a % as %25");
        }
    }

    /** The text of a setting as it may be shown: an address may hold a password. */
    public static String withoutLogin(String text) {
        return text.replaceAll("(?s)://.*@", "://…@");
    }

    String scheme() {
        return tls ? "rediss://" : "redis://";
    }

    /** Without what is to be kept secret. */
    @Override
    public String toString() {
        return scheme() + (password == null ? "" : "…@") + "/" + database;
    }
}
