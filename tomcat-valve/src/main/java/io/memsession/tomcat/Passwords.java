package io.memsession.tomcat;

import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.FormAuthenticator;

/**
 * The passwords that a form authenticator with {@code cache="false"} keeps in sessions, to ask its realm at every
 * request. Nodes get them encrypted or not at all.
 */
final class Passwords {
    private Passwords() {}

    /** Whether that application's sessions hold them. */
    static boolean areKept(Context context) {
        return Stream.of(context.getPipeline().getValves())
                .anyMatch(valve -> valve instanceof FormAuthenticator form && !form.getCache());
    }

    /** What to say where they do and sessions are not encrypted. */
    static String line(boolean sticky) {
        return "cache=\"false\" at the FormAuthenticator keeps passwords in sessions, which the nodes do not get without"
                + " encryptionKeys: the login is asked for again "
                + (sticky ? "when another server takes over" : "at every request")
                + "; set encryptionKeys, or leave cache out";
    }
}
