package io.memsession.spring;

import io.memsession.store.AttributeCodecException;
import io.memsession.store.CorruptRecordException;
import io.memsession.store.SessionId;
import io.memsession.store.StoreEvents;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What happens to sessions, as counters and timers. What came before the registry did is not counted. */
final class StoreMeters implements StoreEvents, MeterBinder {
    private static final MeterRegistry NONE = new CompositeMeterRegistry();

    /**
     * Those without tags. They are there from the start: the growth of one that appears with its first 1 is not seen.
     */
    private static final List<String> COUNTERS = List.of(
            "memsession.sessions.created",
            "memsession.sessions.expired",
            "memsession.sessions.deleted",
            "memsession.sessions.rejected",
            "memsession.sessions.unreachable",
            "memsession.requests.refused",
            "memsession.conflicts",
            "memsession.attributes.unsaved",
            "memsession.attributes.unreadable",
            "memsession.repair.records",
            "memsession.repair.given.up");

    private final AtomicLong longest = new AtomicLong();
    /** Records that a repair by this app server has still to compare. */
    private final AtomicLong remaining = new AtomicLong();

    private volatile MeterRegistry registry = NONE;

    @Override
    public void bindTo(MeterRegistry to) {
        registry = to;
        COUNTERS.forEach(to::counter);
        to.timer("memsession.load", "outcome", "found");
        to.timer("memsession.load", "outcome", "absent");
        to.timer("memsession.save");
        recordBytes(to);
        to.timer("memsession.repair", "outcome", "repaired");
        to.gauge("memsession.repair.remaining", List.of(), remaining, AtomicLong::get);
        to.more()
                .timeGauge("memsession.sessions.alive.max", List.of(), longest, TimeUnit.MILLISECONDS, AtomicLong::get);
    }

    @Override
    public void loaded(boolean found, Duration took) {
        registry.timer("memsession.load", "outcome", found ? "found" : "absent").record(took);
    }

    @Override
    public void unreachable(SessionId id, String why) {
        count("memsession.sessions.unreachable");
    }

    @Override
    public void refused() {
        count("memsession.requests.refused");
    }

    @Override
    public void saved(Duration took, int bytes) {
        registry.timer("memsession.save").record(took);
        recordBytes(registry).record(bytes);
    }

    private static DistributionSummary recordBytes(MeterRegistry in) {
        return DistributionSummary.builder("memsession.record.bytes")
                .baseUnit("bytes")
                .register(in);
    }

    @Override
    public void conflict(SessionId id) {
        count("memsession.conflicts");
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        registry.counter("memsession.node.failures", "node", node).increment();
    }

    @Override
    public void repairProgress(List<String> nodes, long compared, long all) {
        remaining.set(all - compared);
    }

    @Override
    public void repaired(List<String> nodes, long records, Duration took) {
        remaining.set(0);
        registry.timer("memsession.repair", "outcome", "repaired").record(took);
        registry.counter("memsession.repair.records").increment((double) records);
    }

    @Override
    public void repairGivenUp(List<String> nodes, String why) {
        remaining.set(0);
        count("memsession.repair.given.up");
    }

    @Override
    public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
        registry.counter("memsession.records.corrupt", "node", node).increment();
    }

    @Override
    public void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {
        count("memsession.attributes.unsaved");
    }

    @Override
    public void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {
        count("memsession.attributes.unreadable");
    }

    @Override
    public void recordTooLarge(SessionId id, int bytes, int limit) {
        count("memsession.sessions.rejected");
    }

    @Override
    public void created(SessionId id) {
        count("memsession.sessions.created");
    }

    @Override
    public void ended(SessionId id, Duration age) {
        count("memsession.sessions.deleted");
        longest.accumulateAndGet(age.toMillis(), Math::max);
    }

    @Override
    public void expired(SessionId id, Duration age) {
        count("memsession.sessions.expired");
        longest.accumulateAndGet(age.toMillis(), Math::max);
    }

    private void count(String name) {
        registry.counter(name).increment();
    }
}
