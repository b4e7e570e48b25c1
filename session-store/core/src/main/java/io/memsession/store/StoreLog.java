package io.memsession.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The store's events as log lines: one for each change of a node's state, and one for each kind of thing that could not
 * be kept or read, however often it happens.
 */
public final class StoreLog implements StoreEvents {
    /** How many kinds are remembered; with more of them, lines repeat. */
    private static final int REMEMBERED = 1000;

    private final Logger logger;
    private volatile int nodes;
    private final Set<String> down = ConcurrentHashMap.newKeySet();
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean unreachable = new AtomicBoolean();

    /**
     * What writes the lines.
     *
     * @param nodes how many nodes the store has; 0 if they are to be discovered
     */
    public StoreLog(Logger logger, int nodes) {
        this.logger = logger;
        this.nodes = nodes;
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        if (down.add(node)) {
            String name = "node " + node + " (" + address + ") ";
            log(Level.WARNING, name + "is down " + why.replace(name, "") + "; " + consequence());
        }
    }

    private String consequence() {
        if (down.size() >= nodes) {
            return "no session can be read or kept until a node is back";
        }
        return nodes == 2
                ? "1 of 2 copies is kept until it is back"
                : "the sessions that it keeps have 1 of 2 copies until it is back";
    }

    @Override
    public void nodeUp(String node, String address) {
        unreachable.set(false);
        log(Level.INFO, "node " + node + " (" + address + ") is " + (down.remove(node) ? "up again" : "up"));
    }

    @Override
    public void nodeDenied(String node, String address, String why) {
        String name = "node " + node + " (" + address + ") ";
        log(
                Level.WARNING,
                name + "is there, but cannot be used: it " + printable(why.replace(name, ""))
                        + "; it stays down until that is set right");
    }

    @Override
    public void nodeComplete(String node, boolean complete) {
        log(
                Level.INFO,
                "node " + node
                        + (complete
                                ? " is complete: it keeps every record that it should"
                                : " is not complete; until it is repaired its word alone is not believed"));
    }

    @Override
    public void nodeEvicts(String node, String address) {
        if (first("evicts " + node)) {
            log(
                    Level.WARNING,
                    "node " + node + " (" + address
                            + ") throws out live records to make room: give it more memory (memcached -m, Redis maxmemory)");
        }
    }

    @Override
    public void clockDiffers(Duration ahead, boolean corrected) {
        String line = "this machine's clock is " + ahead.abs().toSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of") + " that of the other app servers; ";
        if (corrected) {
            log(Level.WARNING, line + "sessions go by theirs. Set the clocks right (NTP)");
        } else if (first("clock")) {
            log(
                    Level.ERROR,
                    line
                            + "that is beyond belief and not followed: sessions may end early. Set the clocks right (NTP)");
        }
    }

    @Override
    public void repairProgress(List<String> repaired, long compared, long all) {
        log(
                Level.INFO,
                "the repair of nodes " + String.join(", ", repaired) + " has compared " + compared + " of " + all
                        + " records");
    }

    @Override
    public void keysNotListed(String node, String why) {
        if (first("keys of " + node)) {
            log(
                    Level.WARNING,
                    "node " + node + " cannot list its keys (" + printable(why)
                            + "): records regain their second copy only as they are read; memcached 1.5.13 or later lists them,"
                            + " unless it runs with -S");
        }
    }

    @Override
    public void repaired(List<String> repaired, long records, Duration took) {
        log(
                Level.INFO,
                "nodes " + String.join(", ", repaired) + " are repaired: " + records + " records compared in "
                        + took.toMillis() + " ms");
    }

    @Override
    public void repairGivenUp(List<String> attempted, String why) {
        log(
                Level.INFO,
                "the repair of nodes " + String.join(", ", attempted) + " was given up, and begins anew: " + why);
    }

    @Override
    public void nodeExamined(String node, String address, String abilities) {
        String line = "behind the address " + address + " is " + printable(abilities);
        if (first(line)) {
            log(Level.INFO, line);
        }
    }

    @Override
    public void nodesDiscovered(String source, long version, List<String> told) {
        said.remove(source);
        log(
                Level.INFO,
                "discovery at " + source + " tells " + told.size() + " nodes (version " + version + "): "
                        + String.join(", ", told));
    }

    @Override
    public void nodesNotDiscovered(String source, String why, boolean known) {
        if (first(source)) {
            log(
                    Level.WARNING,
                    "discovery at " + source + " tells no nodes (" + printable(why) + "); "
                            + (known ? "those that it told last are kept" : "until it does, sessions are unavailable"));
        }
    }

    @Override
    public void membersChanged(List<String> members) {
        down.retainAll(members);
        nodes = members.size();
        log(Level.INFO, "sessions are kept on nodes " + String.join(", ", members) + " from now on");
    }

    @Override
    public void unprotected(List<String> exposed) {
        log(
                Level.WARNING,
                "SESSIONS ARE KEPT UNENCRYPTED on " + String.join(", ", exposed)
                        + ": whoever reaches these nodes can read"
                        + " every session, change it, and write one of their own. Set an encryption key, or make sure"
                        + " that only the app servers reach them");
    }

    @Override
    public void unreachable(SessionId id, String why) {
        if (unreachable.compareAndSet(false, true)) {
            log(
                    Level.WARNING,
                    "sessions cannot be reached (" + printable(why)
                            + "); requests go on without them, with new sessions, until a node is back");
        }
    }

    @Override
    public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
        once(Level.WARNING, "node " + node + " keeps bytes for session " + id + " that are no record: ", why);
    }

    @Override
    public void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {
        once(Level.WARNING, "attribute " + printable(attribute) + " cannot be kept; all others are: ", why);
    }

    @Override
    public void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {
        once(Level.WARNING, "attribute " + printable(attribute) + " cannot be read here; its bytes are kept: ", why);
    }

    @Override
    public void expiryListenerFailed(SessionId id, Throwable why) {
        String line = "a listener failed when it was told that session " + id + " expired: ";
        if (first(why.toString())) {
            log(Level.WARNING, line + printable(why.toString()));
        }
    }

    @Override
    public void recordTooLarge(SessionId id, int bytes, int limit) {
        String start = "session " + id + " is too large to be kept";
        if (first(start)) {
            log(
                    Level.ERROR,
                    start + ": " + bytes + " bytes of at most " + limit
                            + "; what was kept of it before stays as it is; keep less in the session, or raise maxRecordSize"
                            + " and memcached's item limit (-I)");
        }
    }

    private void once(Level level, String start, Exception why) {
        String line = start + printable(String.valueOf(why.getMessage()));
        if (first(line)) {
            log(level, line);
        }
    }

    private boolean first(String line) {
        if (said.size() >= REMEMBERED) {
            said.clear();
        }
        return said.add(line);
    }

    /** Names and messages can hold what a client sent; a line stays one line. */
    private static String printable(String text) {
        String cut = text.length() <= 500 ? text : text.substring(0, 500) + "…";
        return cut.replaceAll("\\p{Cntrl}", "?");
    }

    private void log(Level level, String line) {
        logger.log(level, line);
    }
}
