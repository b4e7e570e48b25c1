package io.memsession.store;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Several listeners as one. */
final class AllEvents implements StoreEvents {
    private final List<StoreEvents> listeners;

    AllEvents(List<StoreEvents> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void tell(Consumer<StoreEvents> event) {
        listeners.forEach(event);
    }

    @Override
    public void nodeDown(String node, String address, String why) {
        tell(each -> each.nodeDown(node, address, why));
    }

    @Override
    public void unprotected(List<String> nodes) {
        tell(each -> each.unprotected(nodes));
    }

    @Override
    public void nodeUp(String node, String address) {
        tell(each -> each.nodeUp(node, address));
    }

    @Override
    public void nodeComplete(String node, boolean complete) {
        tell(each -> each.nodeComplete(node, complete));
    }

    @Override
    public void nodeEvicts(String node, String address) {
        tell(each -> each.nodeEvicts(node, address));
    }

    @Override
    public void nodeCounted(String node, NodeCounters counters) {
        tell(each -> each.nodeCounted(node, counters));
    }

    @Override
    public void clockDiffers(Duration ahead, boolean corrected) {
        tell(each -> each.clockDiffers(ahead, corrected));
    }

    @Override
    public void repairBegun(List<String> nodes) {
        tell(each -> each.repairBegun(nodes));
    }

    @Override
    public void repairProgress(List<String> nodes, long compared, long all) {
        tell(each -> each.repairProgress(nodes, compared, all));
    }

    @Override
    public void keysNotListed(String node, String why) {
        tell(each -> each.keysNotListed(node, why));
    }

    @Override
    public void repaired(List<String> nodes, long records, Duration took) {
        tell(each -> each.repaired(nodes, records, took));
    }

    @Override
    public void repairGivenUp(List<String> nodes, String why) {
        tell(each -> each.repairGivenUp(nodes, why));
    }

    @Override
    public void nodeDenied(String node, String address, String why) {
        tell(each -> each.nodeDenied(node, address, why));
    }

    @Override
    public void nodeExamined(String node, String address, String abilities) {
        tell(each -> each.nodeExamined(node, address, abilities));
    }

    @Override
    public void nodesDiscovered(String source, long version, List<String> nodes) {
        tell(each -> each.nodesDiscovered(source, version, nodes));
    }

    @Override
    public void nodesNotDiscovered(String source, String why, boolean known) {
        tell(each -> each.nodesNotDiscovered(source, why, known));
    }

    @Override
    public void membersChanged(List<String> nodes) {
        tell(each -> each.membersChanged(nodes));
    }

    @Override
    public void loaded(boolean found, Duration took) {
        tell(each -> each.loaded(found, took));
    }

    @Override
    public void unreachable(SessionId id, String why) {
        tell(each -> each.unreachable(id, why));
    }

    @Override
    public void refused() {
        tell(StoreEvents::refused);
    }

    @Override
    public void saved(Duration took, int bytes) {
        tell(each -> each.saved(took, bytes));
    }

    @Override
    public void conflict(SessionId id) {
        tell(each -> each.conflict(id));
    }

    @Override
    public void corruptRecord(SessionId id, String node, CorruptRecordException why) {
        tell(each -> each.corruptRecord(id, node, why));
    }

    @Override
    public void attributeNotSaved(SessionId id, String attribute, AttributeCodecException why) {
        tell(each -> each.attributeNotSaved(id, attribute, why));
    }

    @Override
    public void attributeUnreadable(SessionId id, String attribute, AttributeCodecException why) {
        tell(each -> each.attributeUnreadable(id, attribute, why));
    }

    @Override
    public void created(SessionId id) {
        tell(each -> each.created(id));
    }

    @Override
    public void ended(SessionId id, Duration age) {
        tell(each -> each.ended(id, age));
    }

    @Override
    public void expired(SessionId id, Duration age) {
        tell(each -> each.expired(id, age));
    }

    @Override
    public void expiryListenerFailed(SessionId id, Throwable why) {
        tell(each -> each.expiryListenerFailed(id, why));
    }

    @Override
    public void recordTooLarge(SessionId id, int bytes, int limit) {
        tell(each -> each.recordTooLarge(id, bytes, limit));
    }
}
