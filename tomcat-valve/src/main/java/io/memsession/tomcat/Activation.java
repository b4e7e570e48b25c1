package io.memsession.tomcat;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import org.apache.catalina.Context;

/**
 * What a value that listens for it is to hear: that it has come into this server, or is about to leave it.
 *
 * @param listener the value
 * @param arrived whether it has come
 */
record Activation(HttpSessionActivationListener listener, boolean arrived) {

    void tell(HttpSession session, Context context) {
        HttpSessionEvent event = new HttpSessionEvent(session);
        try {
            if (arrived) {
                listener.sessionDidActivate(event);
            } else {
                listener.sessionWillPassivate(event);
            }
        } catch (RuntimeException e) {
            context.getLogger().error("an attribute failed when it was told that it was moved", e);
        }
    }
}
