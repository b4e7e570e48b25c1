package io.memsession.e2e;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the reads and writes of one attribute can be put into an order that keeps the times and in which each read
 * sees the last write: whether it is a linearizable register. Writes of unknown outcome may take effect at any time
 * from their beginning on, or never.
 *
 * <p>The search is that of Wing and Gong ("Testing and Verifying Concurrent Objects", JPDC 1993) with Lowe's memory of
 * what was tried ("Testing for Linearizability", CPaCE 2017).
 */
final class Register {
    private final List<Operation> operations;
    private final Set<Point> tried = new HashSet<>();

    /** A point of the search: what was put into the order so far, and what the attribute is after it. */
    private record Point(BitSet taken, @Nullable String value) {}

    private Register(List<Operation> operations) {
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::began))
                .toList();
    }

    /** Takes the reads that were answered and the writes that may have been done, of one attribute. */
    static boolean isLinearizable(List<Operation> operations) {
        return new Register(operations).holds();
    }

    private boolean holds() {
        List<Point> open = new ArrayList<>();
        open.add(new Point(new BitSet(), null));
        while (!open.isEmpty()) {
            Point point = open.remove(open.size() - 1);
            if (allAnsweredAreIn(point.taken)) {
                return true;
            }
            if (tried.add(point)) {
                addNext(point, open);
            }
        }
        return false;
    }

    private boolean allAnsweredAreIn(BitSet taken) {
        for (int i = taken.nextClearBit(0); i < operations.size(); i = taken.nextClearBit(i + 1)) {
            if (end(operations.get(i)) != Long.MAX_VALUE) {
                return false;
            }
        }
        return true;
    }

    /** Next can be whatever began before any that is not in yet had ended. */
    private void addNext(Point point, List<Point> open) {
        long firstEnd = Long.MAX_VALUE;
        for (int i = point.taken.nextClearBit(0); i < operations.size(); i = point.taken.nextClearBit(i + 1)) {
            if (operations.get(i).began() > firstEnd) {
                break; // they are in the order of their beginnings
            }
            firstEnd = Math.min(firstEnd, end(operations.get(i)));
        }
        addAllBefore(firstEnd, point, open);
    }

    private void addAllBefore(long firstEnd, Point point, List<Point> open) {
        for (int i = point.taken.nextClearBit(0); i < operations.size(); i = point.taken.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.began() > firstEnd) {
                return;
            }
            boolean write = operation.is(Operation.Kind.WRITE);
            if (write || Objects.equals(operation.value(), point.value)) {
                BitSet taken = (BitSet) point.taken.clone();
                taken.set(i);
                open.add(new Point(taken, operation.value()));
            }
        }
    }

    private static long end(Operation operation) {
        return operation.done() ? operation.ended() : Long.MAX_VALUE;
    }
}
