package io.memsession.tomcat;

import io.memsession.store.NodeCounters;
import io.memsession.store.NodeStatus;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import javax.management.openmbean.TabularData;

/** What can be looked at while the Manager runs, by JMX: counters since its start, times, and how the nodes are. */
public abstract class ManagerFigures extends ManagerAttributes {
    private static final String[] NOTHING = {};
    private static final List<String> NODE_FIGURES =
            List.of("up", "complete", "failures", "memoryUsed", "memoryMax", "evictions", "commands");

    ManagerFigures() {}

    abstract boolean running();

    abstract Statistics statistics();

    abstract List<NodeStatus> nodes();

    private long count(Function<Statistics, LongAdder> counter) {
        return running() ? counter.apply(statistics()).sum() : 0;
    }

    private String[] times(Function<Statistics, Percentiles> times) {
        return running() ? times.apply(statistics()).summary() : NOTHING;
    }

    private TabularData histogram(Function<Statistics, Percentiles> times) {
        return (running() ? times.apply(statistics()) : new Percentiles())
                .histogram()
                .data();
    }

    private static String state(NodeStatus node) {
        return node.complete() ? "up, complete" : node.up() ? "up, not complete" : "down";
    }

    /** What this server repairs now, and how far it is. */
    public String getRepair() {
        return running() ? statistics().repair() : "";
    }

    /** Repairs that this server finished. */
    public long getRepairs() {
        return count(each -> each.repairs);
    }

    /** Repairs that this server gave up, as something happened meanwhile; they begin anew. */
    public long getRepairsGivenUp() {
        return count(each -> each.repairsGivenUp);
    }

    /** How each node is: its id and address, whether it is up, and whether it keeps every record that it should. */
    public String[] getNodeStates() {
        return running()
                ? nodes().stream()
                        .map(node -> node.id() + " (" + node.address() + ") " + state(node))
                        .toArray(String[]::new)
                : NOTHING;
    }

    /** The same and what each node counts of itself, as numbers. */
    public TabularData getNodeFigures() {
        FigureTable table = new FigureTable("nodes", "node", NODE_FIGURES);
        if (running()) {
            nodes().forEach(node -> table.row(node.id(), figures(node, statistics())));
        }
        return table.data();
    }

    private static List<Long> figures(NodeStatus node, Statistics statistics) {
        NodeCounters counters = statistics.counters(node.id());
        return List.of(
                node.up() ? 1L : 0L,
                node.complete() ? 1L : 0L,
                statistics.failures(node.id()),
                counters.bytes(),
                counters.limit(),
                counters.evictions(),
                counters.commands());
    }

    /** Records that the repair by this server has still to compare. */
    public long getRepairRemaining() {
        return running() ? statistics().repairRemaining() : 0;
    }

    /** Records that the repairs by this server compared. */
    public long getRepairRecords() {
        return count(each -> each.repairRecords);
    }

    /** Sessions that this server kept for the first time. */
    public long getSessionsCreated() {
        return count(each -> each.sessionsCreated);
    }

    /** Sessions whose expiry this server told the listeners of. */
    public long getSessionsExpired() {
        return count(each -> each.sessionsExpired);
    }

    /** The sizes of all records that this server wrote, together. */
    public long getBytesSaved() {
        return count(each -> each.bytesSaved);
    }

    /** Requests that came with a session of ours. */
    public long getRequestsWithSession() {
        return count(each -> each.requestsWithSession);
    }

    /** Requests that came without one. */
    public long getRequestsWithoutSession() {
        return count(each -> each.requestsWithoutSession);
    }

    /** Requests that {@code requestUriIgnorePattern} matched. */
    public long getRequestsIgnored() {
        return count(each -> each.requestsIgnored);
    }

    /** Requests that were refused because their session could not be read, kept or locked. */
    public long getRequestsRefused() {
        return count(each -> each.refused);
    }

    /** Requests that went on without their session, with {@code whenUnavailable="newSession"}. */
    public long getSessionsUnreachable() {
        return count(each -> each.sessionsUnreachable);
    }

    /** Saves that wrote something. */
    public long getSaves() {
        return count(each -> each.saves);
    }

    /** Saves that found nothing changed. */
    public long getSavesUnchanged() {
        return count(each -> each.savesUnchanged);
    }

    /** Saves of sessions that were over meanwhile: nothing was written. */
    public long getSavesOver() {
        return count(each -> each.savesOver);
    }

    /** Saves that were refused because the record would be too large. */
    public long getSavesTooLarge() {
        return count(each -> each.savesTooLarge);
    }

    /** Saves of sticky sessions that no node took; they are tried again. */
    public long getSavesFailed() {
        return count(each -> each.savesFailed);
    }

    /** Times that another writer was faster, and the change was put on top of its. */
    public long getConflicts() {
        return count(each -> each.conflicts);
    }

    /** Sessions that were ended here. */
    public long getEnds() {
        return count(each -> each.ends);
    }

    /** Sessions that were asked for and are not there. */
    public long getSessionsNotFound() {
        return count(each -> each.notFound);
    }

    /** Sticky sessions that this server took over from another. */
    public long getTakeovers() {
        return count(each -> each.takeovers);
    }

    /** Sticky sessions that were given another node because theirs was down. */
    public long getNodeFailovers() {
        return count(each -> each.nodeFailovers);
    }

    /** Copies that were no readable record. */
    public long getCorruptRecords() {
        return count(each -> each.corruptRecords);
    }

    /** Times that an attribute could not be written; the others were. */
    public long getAttributesNotSaved() {
        return count(each -> each.attributesNotSaved);
    }

    /** Times that an attribute could not be read here; its bytes are kept. */
    public long getAttributesUnreadable() {
        return count(each -> each.attributesUnreadable);
    }

    /** Times that a request had its session to itself. */
    public long getLocksTaken() {
        return count(each -> each.locksTaken);
    }

    /** Times that a request waited for that in vain. */
    public long getLocksUnavailable() {
        return count(each -> each.locksUnavailable);
    }

    /** How long reads from the nodes took, in milliseconds. */
    public String[] getLoadTimes() {
        return times(each -> each.loadTimes);
    }

    /** How long writes to the nodes took, in milliseconds. */
    public String[] getSaveTimes() {
        return times(each -> each.saveTimes);
    }

    /** How many reads from the nodes took at most so many seconds. */
    public TabularData getLoadHistogram() {
        return histogram(each -> each.loadTimes);
    }

    /** How many writes to the nodes took at most so many seconds. */
    public TabularData getSaveHistogram() {
        return histogram(each -> each.saveTimes);
    }

    /** How many reads, writes and waits for a session there were, and how many nanoseconds they took together. */
    public TabularData getTimeSums() {
        FigureTable table = new FigureTable("times", "timed", List.of("count", "nanos"));
        if (running()) {
            table.row("load", statistics().loadTimes.sums())
                    .row("save", statistics().saveTimes.sums())
                    .row("lock", statistics().lockTimes.sums());
        }
        return table.data();
    }

    /** How long requests waited for their session, in milliseconds. */
    public String[] getLockTimes() {
        return times(each -> each.lockTimes);
    }
}
