package io.memsession.store;

import java.time.Duration;
import java.util.List;

/** How far this app server is with the repair that it is at work on. */
final class RepairWatch implements StoreEvents {
    private volatile Progress progress = Progress.NONE;

    /**
     * A repair under way.
     *
     * @param nodes the ids of the nodes that are being repaired; none if there is no repair
     * @param compared how many records were compared so far
     * @param all how many there are; 0 as long as that is not known
     */
    record Progress(List<String> nodes, long compared, long all) {
        static final Progress NONE = new Progress(List.of(), 0, 0);
    }

    Progress progress() {
        return progress;
    }

    @Override
    public void repairBegun(List<String> nodes) {
        progress = new Progress(List.copyOf(nodes), 0, 0);
    }

    @Override
    public void repairProgress(List<String> nodes, long compared, long all) {
        progress = new Progress(List.copyOf(nodes), compared, all);
    }

    @Override
    public void repaired(List<String> nodes, long records, Duration took) {
        progress = Progress.NONE;
    }

    @Override
    public void repairGivenUp(List<String> nodes, String why) {
        progress = Progress.NONE;
    }
}
