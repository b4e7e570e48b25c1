package io.memsession.tomcat;

import io.memsession.store.AttributeCodecException;
import io.memsession.store.CorruptRecordException;
import io.memsession.store.NodeCounters;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.StoreEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What was done with one context's sessions, counted and timed since the context started. */
final class Statistics implements StoreEvents {
    private static final String NO_REPAIR = "none by this server";
    private static final NodeCounters NOTHING_COUNTED = new NodeCounters(0, 0, 0, 0);

    final LongAdder requestsWithSession = new LongAdder();
    final LongAdder requestsWithoutSession = new LongAdder();
    final LongAdder requestsIgnored = new LongAdder();
    final LongAdder saves = new LongAdder();
    final LongAdder savesUnchanged = new LongAdder();
    final LongAdder savesOver = new LongAdder();
    final LongAdder savesTooLarge = new LongAdder();
    final LongAdder savesFailed = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder ends = new LongAdder();
    final LongAdder takeovers = new LongAdder();
    final LongAdder nodeFailovers = new LongAdder();
    final LongAdder conflicts = new LongAdder();
    final LongAdder notFound = new LongAdder();
    final LongAdder sessionsUnreachable = new LongAdder();
    final LongAdder corruptRecords = new LongAdder();
    final LongAdder attributesNotSaved = new LongAdder();
    final LongAdder attributesUnreadable = new LongAdder();
    final LongAdder repairs = new LongAdder();
    final LongAdder repairsGivenUp = new LongAdder();
    final LongAdder repairRecords = new LongAdder();
    final LongAdder sessionsCreated = new LongAdder();
    final LongAdder sessionsExpired = new LongAdder();
    final LongAdder bytesSaved = new LongAdder();
    final LongAdder locksTaken = new LongAdder();
    final LongAdder locksUnavailable = new LongAdder();
    final Percentiles loadTimes = new Percentiles();
    final Percentiles saveTimes = new Percentiles();
    final Percentiles lockTimes = new Percentiles();

    private final Map<String, LongAdder> nodeFailures = new ConcurrentHashMap<>();
    private final Map<String, NodeCounters> nodeCounters = new ConcurrentHashMap<>();
    private final boolean counting;
    private volatile String repair = NO_REPAIR;
    private volatile long repairRemaining;

    /** @param counting whether anything is counted */
    Statistics(boolean counting) {
        this.counting = counting;
    }

    private void count(LongAdder counter) {
        if (counting) {
            counter.increment();
        }
    }

    void request(boolean withSession) {
        count(withSession ? requestsWithSession : requestsWithoutSession);
    }

    void ignored() {
        count(requestsIgnored);
    }

    void saved(SaveOutcome outcome) {
        count(
                switch (outcome) {
                    case SAVED -> saves;
                    case UNCHANGED -> savesUnchanged;
                    case OVER -> savesOver;
                    case TOO_LARGE -> savesTooLarge;
                    case NOT_KEPT -> savesFailed;
                });
    }

    void notSaved() {
        count(savesFailed);
    }

    @Override
    public void refused() {
        count(refused);
    }

    void ended() {
        count(ends);
    }

    void takenOver() {
        count(takeovers);
    }

    void failedOver() {
        count(nodeFailovers);
    }

    void locked(Duration took) {
        count(locksTaken);
        lockTimes.add(took);
    }

    void lockUnavailable() {
        count(locksUnavailable);
    }

    /** What this server repairs now, and how far it is. */
    String repair() {
        return repair;
    }

    /** Records that the repair by this server has still to compare. */
    long repairRemaining() {
        return repairRemaining;
    }

    long failures(String node) {
        LongAdder failures = nodeFailures.get(node);
        return failures == null ? 0 : failures.sum();
    }

    /** What a node counted of itself when it was last asked; zeros where it does not tell. */
    NodeCounters counters(String node) {
        return nodeCounters.getOrDefault(node, NOTHING_COUNTED);
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        count(nodeFailures.computeIfAbsent(node, first -> new LongAdder()));
    }

    @Override
    public void nodeCounted(String node, NodeCounters counters) {
        nodeCounters.put(node, counters);
    }

    @Override
    public void repairBegun(List<String> nodes) {
        repair = "nodes " + String.join(", ", nodes);
    }

    @Override
    public void repairProgress(List<String> nodes, long compared, long all) {
        repair = "nodes " + String.join(", ", nodes) + ": " + compared + " of " + all + " records";
        repairRemaining = all - compared;
    }

    @Override
    public void repaired(List<String> nodes, long records, Duration took) {
        noRepair();
        count(repairs);
        if (counting) {
            repairRecords.add(records);
        }
    }

    @Override
    public void repairGivenUp(List<String> nodes, String why) {
        noRepair();
        count(repairsGivenUp);
    }

    private void noRepair() {
        repair = NO_REPAIR;
        repairRemaining = 0;
    }

    @Override
    public void created(SessionId id) {
        count(sessionsCreated);
    }

    @Override
    public void expired(SessionId id, Duration age) {
        count(sessionsExpired);
    }

    @Override
    public void loaded(boolean found, Duration took) {
        if (counting) {
            loadTimes.add(took);
        }
        if (!found) {
            count(notFound);
        }
    }

    @Override
    public void unreachable(SessionId id, String why) {
        count(sessionsUnreachable);
    }

    @Override
    public void saved(Duration took, int bytes) {
        if (counting) {
            saveTimes.add(took);
            bytesSaved.add(bytes);
        }
    }

    @Override
    public void conflict(SessionId id) {
        count(conflicts);
    }

    @Override
    public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
        count(corruptRecords);
    }

    @Override
    public void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {
        count(attributesNotSaved);
    }

    @Override
    public void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {
        count(attributesUnreadable);
    }
}
