package io.memsession.tomcat;

import io.memsession.store.ConfigException;
import io.memsession.store.StoreUnavailableException;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Session;
import org.apache.catalina.authenticator.Constants;
import org.apache.catalina.authenticator.SingleSignOn;
import org.apache.catalina.authenticator.SingleSignOnEntry;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's {@code SingleSignOn} with its sign-ons in the nodes, so that who signed on at one server is known on all. It
 * stands at a {@code <Host>} in place of Tomcat's, with {@code memcachedNodes} as at the Manager. Passwords are not
 * kept: with {@code requireReauthentication} the login is asked for again.
 */
public final class MemcachedSingleSignOn extends SingleSignOn {
    /** The note, of a request and of a session, that says which sign-on it belongs to; a session keeps it. */
    static final String NOTE = "io.memsession.tomcat.signOn";

    private static final String LISTENS = NOTE + ".listens";

    private final Map<String, String> texts = new ConcurrentHashMap<>();
    private @Nullable SignOns signOns;

    /** Where the nodes are: {@code n1:host1:11211,n2:host2:11211}. Has no default. */
    public void setMemcachedNodes(String nodes) {
        texts.put(Settings.NODES, nodes);
    }

    /** {@code binary}, the default, or {@code text}. */
    public void setMemcachedProtocol(String protocol) {
        texts.put("memcachedProtocol", protocol);
    }

    /** How long one round trip to a node may take, in milliseconds; 250 by default. */
    public void setOperationTimeout(String milliseconds) {
        texts.put("operationTimeout", milliseconds);
    }

    /** How long a sign-on may go unused, in seconds; 36,000 by default. */
    public void setMaxInactiveInterval(String seconds) {
        texts.put("maxInactiveInterval", seconds);
    }

    /** Who asks, for nodes that want to know. */
    public void setUsername(String name) {
        texts.put("username", name);
    }

    /** The password that goes with {@code username}. */
    public void setPassword(String password) {
        texts.put("password", password);
    }

    /** Whether TLS is spoken to the nodes; {@code false} by default. */
    public void setSslEnabled(String enabled) {
        texts.put("sslEnabled", enabled);
    }

    /** The file with the certificates that are trusted; by default those that the JVM trusts. */
    public void setTruststoreFile(String file) {
        texts.put("truststoreFile", file);
    }

    /** The password of that file, if it is a key store that has one. */
    public void setTruststorePassword(String password) {
        texts.put("truststorePassword", password);
    }

    @Override
    protected void startInternal() throws LifecycleException {
        try {
            signOns = SignOns.open(Map.copyOf(texts), getContainer().getName());
            cache = signOns;
        } catch (ConfigException e) {
            throw new LifecycleException(
                    "The single sign-on of " + getContainer().getName() + " cannot start: " + e.getMessage());
        }
        super.startInternal();
    }

    @Override
    protected void stopInternal() throws LifecycleException {
        super.stopInternal();
        if (signOns != null) {
            signOns.close();
        }
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setNote(NOTE, this);
        try {
            super.invoke(request, response);
        } catch (StoreUnavailableException e) {
            response.setHeader("Retry-After", "1");
            response.sendError(503, "The sign-on cannot be reached. Please try again.");
        }
    }

    /** Lets a session that belongs to the request's sign-on tell when it ends, on whatever server that is. */
    static void attach(Request request, Session session) {
        if (request.getNote(NOTE) instanceof MemcachedSingleSignOn signOn
                && request.getNote(Constants.REQ_SSOID_NOTE) instanceof String id
                && id.equals(session.getNote(NOTE))) {
            signOn.listen(id, session);
        }
    }

    /**
     * Whether the session belongs to a sign-on that this thread's request does not show to be still on: whoever signed
     * off on another server ended the session there.
     */
    static boolean mayBeOff(Session session) {
        if (!(session.getNote(NOTE) instanceof String id)) {
            return false;
        }
        RequestScope scope = RequestScope.current();
        return scope == null || !id.equals(scope.request().getNote(Constants.REQ_SSOID_NOTE));
    }

    private void listen(String id, Session session) {
        if (!id.equals(session.getNote(LISTENS))) {
            session.setNote(LISTENS, id);
            session.addSessionListener(getSessionListener(id));
        }
    }

    @Override
    protected boolean associate(String id, Session session) {
        SingleSignOnEntry entry = cache.get(id);
        if (entry == null) {
            return false;
        }
        int before = entry.findSessions().size();
        entry.addSession(this, id, session);
        if (entry.findSessions().size() > before) {
            session.setNote(LISTENS, id);
            keep(id, entry);
        }
        session.setNote(NOTE, id);
        listen(id, session);
        return true;
    }

    @Override
    protected void register(
            String id, Principal principal, String authType, @Nullable String username, @Nullable String password) {
        super.register(id, principal, authType, null, null);
    }

    @Override
    protected boolean update(
            String id, Principal principal, String authType, @Nullable String username, @Nullable String password) {
        SingleSignOnEntry entry = cache.get(id);
        boolean updated = super.update(id, principal, authType, null, null);
        if (updated && entry != null) {
            keep(id, entry);
        }
        return updated;
    }

    @Override
    protected void removeSession(String id, Session session) {
        SingleSignOnEntry entry = cache.get(id);
        if (entry != null) {
            entry.removeSession(session);
            if (entry.findSessions().isEmpty()) {
                deregister(id);
            } else {
                keep(id, entry);
            }
        }
    }

    private void keep(String id, SingleSignOnEntry entry) {
        cache.put(id, entry);
    }
}
