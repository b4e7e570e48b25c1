package io.memsession.tomcat;

import io.memsession.store.AttributeCodecException;
import io.memsession.store.CorruptRecordException;
import io.memsession.store.SaveOutcome;
import io.memsession.store.SessionId;
import io.memsession.store.StoreEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was done with one context's sessions, counted and timed since the context started; tells the next what it hears.
 */
final class Statistics implements StoreEvents {
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
    final LongAdder corruptRecords = new LongAdder();
    final LongAdder attributesNotSaved = new LongAdder();
    final LongAdder attributesUnreadable = new LongAdder();
    final LongAdder locksTaken = new LongAdder();
    final LongAdder locksUnavailable = new LongAdder();
    final Percentiles loadTimes = new Percentiles();
    final Percentiles saveTimes = new Percentiles();
    final Percentiles lockTimes = new Percentiles();

    private final StoreEvents next;
    private final Runnable nodeBack;
    private final boolean counting;

    /** @param nodeBack what is to be done when a node answers again */
    Statistics(StoreEvents next, boolean counting, Runnable nodeBack) {
        this.next = next;
        this.counting = counting;
        this.nodeBack = nodeBack;
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
                });
    }

    void notSaved() {
        count(savesFailed);
    }

    void refused() {
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

    @Override
    public void loaded(boolean found, Duration took) {
        if (counting) {
            loadTimes.add(took);
        }
        if (!found) {
            count(notFound);
        }
        next.loaded(found, took);
    }

    @Override
    public void saved(Duration took) {
        if (counting) {
            saveTimes.add(took);
        }
        next.saved(took);
    }

    @Override
    public void conflict(SessionId id) {
        count(conflicts);
        next.conflict(id);
    }

    @Override
    public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
        count(corruptRecords);
        next.corruptRecord(id, node, why);
    }

    @Override
    public void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {
        count(attributesNotSaved);
        next.attributeNotSaved(id, attribute, why);
    }

    @Override
    public void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {
        count(attributesUnreadable);
        next.attributeUnreadable(id, attribute, why);
    }

    @Override
    public void recordTooLarge(SessionId id, int bytes, int limit) {
        next.recordTooLarge(id, bytes, limit);
    }

    @Override
    public void nodeUp(String node, String address) {
        next.nodeUp(node, address);
        nodeBack.run();
    }

    @Override
    public void created(SessionId id) {
        next.created(id);
    }

    @Override
    public void ended(SessionId id, Duration age) {
        next.ended(id, age);
    }

    @Override
    public void expired(SessionId id, Duration age) {
        next.expired(id, age);
    }

    @Override
    public void expiryListenerFailed(SessionId id, Throwable why) {
        next.expiryListenerFailed(id, why);
    }

    @Override
    public void unprotected(List<String> nodes) {
        next.unprotected(nodes);
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        next.nodeDown(node, address, why);
    }

    @Override
    public void nodeComplete(String node, boolean complete) {
        next.nodeComplete(node, complete);
    }

    @Override
    public void repairBegun(List<String> nodes) {
        next.repairBegun(nodes);
    }

    @Override
    public void repaired(List<String> nodes, long records, Duration took) {
        next.repaired(nodes, records, took);
    }

    @Override
    public void repairGivenUp(List<String> nodes, String why) {
        next.repairGivenUp(nodes, why);
    }

    @Override
    public void nodeEvicts(String node, String address) {
        next.nodeEvicts(node, address);
    }

    @Override
    public void clockDiffers(Duration ahead, boolean corrected) {
        next.clockDiffers(ahead, corrected);
    }

    @Override
    public void repairProgress(List<String> nodes, long compared, long all) {
        next.repairProgress(nodes, compared, all);
    }

    @Override
    public void keysNotListed(String node, String why) {
        next.keysNotListed(node, why);
    }
}
