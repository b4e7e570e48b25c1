package io.memsession.store.spy;

import net.spy.memcached.compat.log.AbstractLogger;
import net.spy.memcached.compat.log.Level;
import net.spy.memcached.compat.log.LoggerFactory;
import org.jspecify.annotations.Nullable;

/**
 * spymemcached's log, turned down: what it calls info or worse is for who debugs, since each change of state that
 * matters is told by the engine. Public because spymemcached creates it by reflection.
 */
public final class QuietLogger extends AbstractLogger {
    private static final String SETTING = "net.spy.log.LoggerImpl";

    private final System.Logger log;

    /** The logger of that name; spymemcached calls this. */
    public QuietLogger(String name) {
        super(name);
        log = System.getLogger(name);
    }

    /**
     * Makes spymemcached log through this class, unless the operator chose another. spymemcached decides once, when it
     * first logs, by a system property; that is taken back then, for it would mislead other copies of spymemcached in
     * this JVM.
     */
    static void install() {
        if (System.getProperty(SETTING) != null) {
            return;
        }
        System.setProperty(SETTING, QuietLogger.class.getName());
        try {
            LoggerFactory.getLogger(QuietLogger.class);
        } finally {
            System.clearProperty(SETTING);
        }
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isLoggable(System.Logger.Level.TRACE);
    }

    /** spymemcached tells each byte it moves at this level, so it is one further down here. */
    @Override
    public boolean isDebugEnabled() {
        return isTraceEnabled();
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isLoggable(System.Logger.Level.DEBUG);
    }

    @Override
    public void log(Level level, Object message, @Nullable Throwable thrown) {
        boolean chatter = level == Level.TRACE || level == Level.DEBUG;
        System.Logger.Level as = chatter ? System.Logger.Level.TRACE : System.Logger.Level.DEBUG;
        if (thrown == null) {
            log.log(as, String.valueOf(message));
        } else {
            log.log(as, String.valueOf(message), thrown);
        }
    }
}
