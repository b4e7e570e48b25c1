package io.memsession.spring;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Session ids as they come in cookies that show a load balancer the route to an app server. */
final class Routes {
    private static final int LONGEST = 300;

    private Routes() {}

    /**
     * The id without the route behind its last dot, whichever app server that names. A cookie from before routes were
     * shown is Base64; it is understood too, so that nobody is logged out when they are switched on.
     */
    static String strip(String cookie) {
        if (cookie.length() > LONGEST) {
            return cookie;
        }
        int dot = cookie.lastIndexOf('.');
        return dot > 0 ? cookie.substring(0, dot) : decoded(cookie);
    }

    private static String decoded(String cookie) {
        try {
            byte[] bytes = Base64.getDecoder().decode(cookie);
            String text = new String(bytes, StandardCharsets.US_ASCII);
            return text.matches("[A-Za-z0-9_-]{16,}") ? text : cookie;
        } catch (IllegalArgumentException e) {
            return cookie;
        }
    }
}
