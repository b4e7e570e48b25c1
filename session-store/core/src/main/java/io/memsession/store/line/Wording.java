package io.memsession.store.line;

/**
 * What the settings of a line are called where they are made, for messages.
 *
 * @param username the setting of the user's name
 * @param password the setting of the password
 * @param tls the setting that switches TLS on
 * @param trust the setting that says which certificates are trusted
 */
public record Wording(String username, String password, String tls, String trust) {
    String credentials() {
        return username + " and " + password;
    }
}
