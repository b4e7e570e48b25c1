package io.memsession.tomcat;

import io.memsession.store.LiveSession;
import java.security.Principal;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.authenticator.SavedRequest;
import org.jspecify.annotations.Nullable;

/**
 * What Tomcat itself keeps in a session: who is logged in and how, and how far a login by form has come. It travels
 * with the session as attributes that the application cannot see. Passwords travel only where sessions are encrypted;
 * otherwise they stay in this server.
 */
final class ContainerState {
    private static final String PRINCIPAL = AttributesView.RESERVED + "principal";
    private static final String AUTH_TYPE = AttributesView.RESERVED + "authType";
    private static final String REQUEST = AttributesView.RESERVED + "request";
    private static final String SESSION_ID = AttributesView.RESERVED + "sessionId";
    private static final String SIGN_ON = AttributesView.RESERVED + "signOn";
    private static final String USERNAME = AttributesView.RESERVED + "username";
    private static final String PASSWORD = AttributesView.RESERVED + "password";

    private final LiveSession live;
    private final boolean sealed;
    private @Nullable Object packedPrincipal;
    private @Nullable Principal principal;

    /** @param sealed whether what the session holds is encrypted in the nodes */
    ContainerState(LiveSession live, boolean sealed) {
        this.live = live;
        this.sealed = sealed;
    }

    synchronized void principal(@Nullable Principal given) {
        principal = given;
        packedPrincipal = given == null ? null : PackedPrincipal.pack(given);
        if (packedPrincipal != null || live.attribute(PRINCIPAL) != null) {
            live.attribute(PRINCIPAL, packedPrincipal);
        }
    }

    synchronized @Nullable Principal principal() {
        Object packed = live.attribute(PRINCIPAL);
        if (packed != packedPrincipal) {
            packedPrincipal = packed;
            principal = packed == null ? null : PackedPrincipal.unpack(packed);
        }
        return principal;
    }

    void authType(@Nullable String type) {
        if (type != null || live.attribute(AUTH_TYPE) != null) {
            live.attribute(AUTH_TYPE, type);
        }
    }

    @Nullable
    String authType() {
        return live.attribute(AUTH_TYPE) instanceof String type ? type : null;
    }

    /** Sets a note, null to remove it. Returns whether it is one of those that travel. */
    boolean note(String name, @Nullable Object value) {
        String key = key(name);
        if (key == null) {
            return false;
        }
        Object packed = value instanceof SavedRequest request ? PackedRequest.pack(request) : value;
        if (packed != null || live.attribute(key) != null) {
            live.attribute(key, packed);
        }
        return true;
    }

    /** A note of those that travel; null if it is not there. */
    @Nullable
    Object note(String name) {
        String key = key(name);
        Object packed = key == null ? null : live.attribute(key);
        return packed != null && REQUEST.equals(key) ? PackedRequest.unpack(packed) : packed;
    }

    private @Nullable String key(String name) {
        return switch (name) {
            case Constants.FORM_REQUEST_NOTE -> REQUEST;
            case Constants.SESSION_ID_NOTE -> SESSION_ID;
            case MemcachedSingleSignOn.NOTE -> SIGN_ON;
            case Constants.SESS_USERNAME_NOTE -> sealed ? USERNAME : null;
            case Constants.SESS_PASSWORD_NOTE -> sealed ? PASSWORD : null;
            default -> null;
        };
    }
}
