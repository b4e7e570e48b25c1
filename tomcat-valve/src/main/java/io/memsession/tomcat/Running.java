package io.memsession.tomcat;

import io.memsession.store.NodeStatus;
import io.memsession.store.SessionId;
import io.memsession.store.SessionStore;
import io.memsession.store.StoreEvents;
import io.memsession.store.StoreLog;
import io.memsession.store.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A Manager at work: its settings, its store, and what it does with the sessions in this server while no request asks
 * for them.
 */
final class Running implements AutoCloseable {
    private static final Logger LOGGER = System.getLogger(MemcachedSessionManager.class.getName());

    private final MemcachedSessionManager manager;
    private final LocalSessions local;
    private final Settings settings;
    private final SessionStore store;
    private final BackupThreads backups;
    private final Statistics statistics;
    private final Locks locks;

    private Running(
            MemcachedSessionManager manager,
            LocalSessions local,
            Settings settings,
            SessionStore store,
            BackupThreads backups,
            Statistics statistics) {
        this.manager = manager;
        this.local = local;
        this.settings = settings;
        this.store = store;
        this.backups = backups;
        this.statistics = statistics;
        this.locks = new Locks(store, settings, statistics);
    }

    /** Reads the settings, says which of them are not used, and opens the store. */
    static Running start(MemcachedSessionManager manager, StoreOpener opener, LocalSessions local) {
        Settings settings = Settings.read(manager.values(), manager.place());
        for (String line : FormerAttributes.lines(manager.values(), settings, manager.getJvmRoute() != null)) {
            warn(manager, line);
        }
        if (!settings.protection().seals() && Passwords.areKept(manager.getContext())) {
            warn(manager, Passwords.line(settings.sticky()));
        }
        return open(manager, opener, local, settings);
    }

    private static void warn(MemcachedSessionManager manager, String line) {
        LOGGER.log(Level.WARNING, "session manager of " + manager.place().context() + ": " + line);
    }

    private static Running open(
            MemcachedSessionManager manager, StoreOpener opener, LocalSessions local, Settings settings) {
        AtomicReference<Running> made = new AtomicReference<>();
        StoreEvents log = new StoreLog(
                System.getLogger(SessionStore.class.getPackageName()),
                settings.store().nodes().size());
        Statistics statistics = new Statistics(settings.statistics());
        StoreEvents nodes = new StoreEvents() {
            @Override
            public void nodeUp(String node, String address) {
                nodeBack(made.get());
            }
        };
        ClassLoader application = manager.getContext().getLoader().getClassLoader();
        SessionStore store = opener.open(
                settings,
                application,
                StoreEvents.all(List.of(settings.enabled() ? log : StoreEvents.NONE, statistics, nodes)));
        if (settings.enabled()) {
            store.indexes().onExpiry(new ExpiredSessions(manager, local));
        }
        Running running =
                new Running(manager, local, settings, store, BackupThreads.open(settings.backupThreads()), statistics);
        made.set(running);
        return running;
    }

    private static void nodeBack(@Nullable Running running) {
        if (running != null && running.settings.sticky()) {
            running.backups.execute(running::refillAll);
        }
    }

    /** The same after settings were changed. Sessions in this server go on, with other nodes if there are others. */
    Running changed(StoreOpener opener) {
        Settings wanted = Settings.read(manager.values(), manager.place());
        if (wanted.equals(settings)) {
            return this;
        }
        backups.resize(wanted.backupThreads());
        if (wanted.store().equals(settings.store())
                && wanted.binary() == settings.binary()
                && wanted.enabled() == settings.enabled()) {
            if (settings.sticky() && !wanted.sticky()) {
                keepAll();
            }
            return new Running(manager, local, wanted, store, backups, statistics);
        }
        keepAll();
        Running next = open(manager, opener, local, wanted);
        local.sessions().forEach(session -> session.moveTo(next.store));
        close();
        return next;
    }

    /** Keeps what was changed in any session that is here. */
    void keepAll() {
        if (settings.enabled() && settings.sticky()) {
            local.sessions().forEach(TomcatSession::saveStaying);
        }
    }

    /** Keeps what could not be kept when it was changed. */
    void keepUnsaved() {
        if (settings.enabled() && store.nodes().stream().anyMatch(NodeStatus::up)) {
            local.sessions().stream().filter(TomcatSession::unsaved).forEach(TomcatSession::saveStaying);
        }
    }

    /** Fills a node again that may have come back empty. Where its peer has all, that has been repaired from there. */
    private void refillAll() {
        for (TomcatSession session : local.sessions()) {
            if (session.unsaved()) {
                session.saveStaying();
            } else if (!session.live().isNew() && !session.isIdleTooLong()) {
                session.refill();
            }
        }
    }

    /** Lets go of sessions that have been idle here for longer than their timeout: they are over, or elsewhere. */
    void letGo() {
        for (TomcatSession session : local.sessions()) {
            if (local.isIdle(session) && session.isIdleTooLong()) {
                letGo(session);
            }
        }
    }

    private void letGo(TomcatSession session) {
        try {
            SessionId id = session.live().id();
            if (!session.live().isNew() && store.lives(id)) {
                if (session.isIdleFarTooLong()) {
                    local.drop(session);
                }
            } else if (!session.live().isNew() && store.isOver(id)) {
                local.drop(session); // told by whoever ended it, or found it expired
            } else {
                session.expired(); // nobody else knows of it
            }
        } catch (StoreUnavailableException e) {
            // the next look decides
        }
    }

    Settings settings() {
        return settings;
    }

    SessionStore store() {
        return store;
    }

    Executor backups() {
        return backups;
    }

    Locks locks() {
        return locks;
    }

    Statistics statistics() {
        return statistics;
    }

    @Override
    public void close() {
        backups.close();
        store.close();
    }
}
