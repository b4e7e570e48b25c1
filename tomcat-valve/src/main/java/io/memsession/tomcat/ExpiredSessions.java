package io.memsession.tomcat;

import io.memsession.store.ExpiryListener;
import io.memsession.store.LiveSession;
import org.apache.catalina.Context;

/**
 * What tells the application's listeners of sessions that expired, wherever they were used last: one server of all
 * does, for each.
 */
final class ExpiredSessions implements ExpiryListener {
    private final MemcachedSessionManager manager;
    private final LocalSessions local;

    ExpiredSessions(MemcachedSessionManager manager, LocalSessions local) {
        this.manager = manager;
        this.local = local;
    }

    @Override
    public void expired(LiveSession session) {
        Context context = manager.getContext();
        ClassLoader before = context.bind(false, null);
        try {
            TomcatSession here = local.peek(session.id());
            (here == null ? new TomcatSession(manager, session) : here).expired();
        } finally {
            context.unbind(false, before);
        }
    }
}
